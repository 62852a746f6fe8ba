/** The style of /docs: its long lists need little of what the other pages have. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --page: #fff; --ink: #131722; --line: #d8dce4; --dim: #4b5566; --link: #1d4ed8;
--code: #f5f6f8; }
@media screen and (prefers-color-scheme: dark) { :root {
--page: #0e1116; --ink: #e9ecf2; --line: #2c333f; --dim: #a9b2c1; --link: #8ab0ff; --code: #171b22; } }
body { background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem;
margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
a { color: var(--link); }
h2 { margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 0; }
section { border-top: 1px solid var(--line); padding: 0.9rem 0; }
nav ul { columns: 22rem; column-gap: 1.5rem; padding-left: 1.1rem; }
nav h2 { font-size: 1rem; margin: 1rem 0 0; }
code, pre { font: 0.9em/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.8rem; border: 1px solid var(--line); border-radius: 6px; background: var(--code);
overflow-wrap: normal; }
summary { cursor: pointer; padding: 0.2rem 0; }
dl { display: grid; grid-template-columns: minmax(4rem, max-content) 1fr; gap: 0.1rem 1rem; margin: 0.4rem 0; }
dd { margin: 0; } .dim { color: var(--dim); }
`;
