/** Keys for stores and programs. */
import { KeysAnswer, NewKeyAnswer } from "../../api/responses.ts";
import { deleteKey, getKeys, postKey } from "./keys.ts";
import { KeyBody, KeysQuery } from "../../api/requests.ts";
import { json, NO_CONTENT, type Route } from "../kit/route.ts";

export const KEY_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/keys",
    scope: "admin",
    handle: postKey,
    docs: {
      summary: "Make a key, shown once",
      group: "keys",
      body: json(KeyBody),
      answers: { 201: { says: "Made", content: json(NewKeyAnswer) } },
    },
  },
  {
    method: "GET",
    path: "/keys",
    scope: "admin",
    handle: getKeys,
    docs: {
      summary: "All keys, newest first, without secrets",
      group: "keys",
      query: KeysQuery,
      answers: { 200: { says: "A page of keys", content: json(KeysAnswer) } },
    },
  },
  {
    method: "DELETE",
    path: "/keys/:key_id",
    scope: "admin",
    handle: deleteKey,
    docs: {
      summary: "Revoke a key, everywhere within a minute",
      group: "keys",
      answers: { 204: NO_CONTENT },
      problems: ["not_found"],
    },
  },
];
