/**
 * What columns are called in the languages of shops: English, German, French, Spanish, Italian, Portuguese, Dutch,
 * Polish, Czech, the Nordic ones, Turkish, Russian, Arabic, Hebrew, Thai, Japanese, Chinese and Korean.
 */
import { phrases } from "./words.ts";

/** Certainly a number of pieces. */
export const UNITS = phrases(
  "units,unit sold,unit sales,sales units,units sold,qty,quantity,quantities,pieces,pcs,pc,items sold,sold,net " +
    "quantity,lineitem quantity,demand,volume,Menge,Stück,Stk,Stückzahl,Anzahl,Absatz,Verkaufsmenge,quantité,qté," +
    "qte,quantités,pièces,unités,vendus,cantidad,unidades,uds,piezas," +
    "quantità,qta,q tà,pezzi,unità,venduti,quantidade," +
    "qtd,qtde,peças,aantal,stuks,hoeveelheid,ilość,szt,sztuk,liczba " +
    "sztuk,množství,kusy,ks,počet,antal,antall,määrä,kpl,miktar,adet,количество,кол " +
    "во,шт,продано,数量,個数,点数,販売数,販売個数,売上数量,売上点数,出荷数,销量,销售数量,件数,수량,판매량,판매수량," +
    "الكمية,كمية,الكمية المباعة,الوحدات المباعة,العدد,כמות,כמות שנמכרה,יחידות,จำนวน,จำนวนที่ขาย,จำนวนชิ้น",
);
/** Means pieces in some files and money in others. */
export const UNITS_OR_MONEY = phrases(
  "sales,sale,amount,count,y,value,Verkäufe,Verkauf,ventes,vente,ventas,venta,vendite,vendas,venda,verkopen," +
    "verkoop,sprzedaż,prodej,försäljning,salg,myynti,satış,продажи,売上,販売,销售,판매,orders,total sales,net sales " +
    "units,turnover units",
);
export const MONEY = phrases(
  "price,prices,revenue,revenues,turnover,gross sales,net sales,sales amount,amount due,total " +
    "price,subtotal,total amount,line total,cost,costs,cogs,unit " +
    "price,discount,discounts,tax,taxes,vat,gst,tip,tips,shipping,fee,fees,commission,margin,profit,income,gross " +
    "income,gross,net,value sold,eur,usd,gbp,jpy,chf,$,€,£,¥,dollars,euros,Preis,Einzelpreis,Stückpreis,Umsatz," +
    "Betrag,Erlös,Kosten,Rabatt,MwSt,USt,Summe netto,Summe brutto,Netto,Brutto,Warenwert,prix,montant,chiffre d " +
    "affaires,ca,ca ht,ca ttc,tva,remise,coût,precio,importe,ingresos,facturación,coste,costo,descuento,iva," +
    "prezzo,importo,fatturato,ricavo,sconto,preço,valor,receita,faturamento,desconto,custo,prijs,omzet,bedrag," +
    "korting,btw,cena,wartość,przychód,obrót,kwota,rabat,tržba,pris,omsättning,belopp,moms,fiyat,tutar,ciro,цена," +
    "сумма,выручка,金額,価格,単価,売上高,売上金額,税,价格,单价,销售额,金额,가격,금액,매출,매출액," +
    "السعر,سعر الوحدة,الإجمالي,المبلغ,القيمة,الإيرادات,الضريبة,מחיר,מחיר ליחידה,סכום,סה כ," +
    "הכנסה,מע מ,ราคา,ยอดขาย,จำนวนเงิน,ยอดรวม",
);
/** Goods that came back, in a column of their own. */
export const RETURNS = phrases(
  "returned,returns,refunded,refund,return,retouren,retoure,Rückgabe,retours,retour,remboursé,devuelto," +
    "devoluciones,resi,devoluções,返品,returned quantity,refunded quantity,refunded qty",
);
/** What a header says of units that left with a customer, and of no others. */
export const SOLD = phrases(
  "sold,sales quantity,sales qty,verkauft,verkaufte,vendu,vendus,vendue,vendida,vendidas,vendido,vendidos,venduto," +
    "venduti,vendute,verkocht,sprzedano,prodáno,продано,販売数,売上数量,销售数量,판매량",
);
export const STOCK = phrases(
  "counted,counted quantity,counted qty,physical count,gezählt,gezählte Menge,Istbestand,Ist Bestand," +
    "stock,stocks,on hand,in hand,onhand,inventory,inventory qty,inventory quantity,available,available " +
    "quantity,current stock,current quantity,stock level,stock on hand,soh,qoh,quantity on hand,quantity in " +
    "stock,units in stock,closing stock,Bestand,Lagerbestand,Lagermenge,verfügbar,stock actuel,en " +
    "stock,disponible,existencias,stock actual,inventario,giacenza,disponibile,estoque,estoque " +
    "atual,voorraad,stan,stan magazynowy,zapas,sklad,skladem,lager,lagersaldo,beholdning,varasto,stok,mevcut," +
    "остаток,остатки,在庫,在庫数,現在庫,库存,库存数量,재고,재고수량," +
    "المخزون,الرصيد,المخزون الحالي,מלאי,מלאי נוכחי,יתרה,คงเหลือ,สต็อก,สินค้าคงเหลือ",
);
/** An identifier of a product. */
export const ITEM_CODE = phrases(
  "sku,default code,internal reference,custom sku,custom label,ugs," +
    "product id,product code,product number,product no,item id,item code,item number,item no,item " +
    "#,article,article no,article number,article id,article code,stock code,part number,part " +
    "no,material,material number,plu,variant sku,lineitem " +
    "sku,barcode,ean,gtin,upc,isbn,asin,Artikelnummer,Artikel Nr,Art " +
    "Nr,ArtNr,Artikelnr,Artikelcode,Materialnummer,Warennummer,Sachnummer,référence,ref,réf,code article,code " +
    "produit,num article,código,codigo,cod articulo,código de artículo,código producto,referencia,codice,codice " +
    "articolo,cod art,código do produto,codigo produto,cód,artikelnummer,artikelcode,kod,kod " +
    "produktu,symbol,indeks,kód,kód zboží,artikelnr,varenummer,varenr,tuotenumero,tuotekoodi,ürün kodu,stok " +
    "kodu,артикул,код,код товара,商品コード,商品番号,品番,型番,JANコード,商品编码,货号,商品编号,상품코드,품번,product ref,item ref,style," +
    "رمز المنتج,رقم المنتج,رمز الصنف,رقم الصنف,كود الصنف,الباركود,מק ט,מקט,קוד פריט,קוד מוצר,ברקוד,รหัสสินค้า,บาร์โค้ด",
);
/** A product by name, or a word that is either. */
export const ITEM_NAME = phrases(
  "product,item,product name,item name,lineitem name,product title,title,article name,description,product " +
    "description,item description,goods,material " +
    "description,part,Artikel,Artikelname,Artikelbezeichnung,Bezeichnung,Produkt,Produktname,Ware," +
    "Warenbezeichnung,produit,nom du produit,désignation,libellé,article,nom " +
    "produit,producto,artículo,articulo,nombre del " +
    "producto,descripción,descripcion,prodotto,articolo,descrizione,nome " +
    "prodotto,produto,artigo,descrição,descricao,nome do " +
    "produto,artikelnaam,artikelomschrijving,omschrijving,towar,nazwa,nazwa produktu,nazwa " +
    "towaru,produkt,zboží,název,název zboží,vara,varunamn,artikelnamn,benämning,vare,varenavn,tuote,tuotenimi," +
    "ürün,ürün adı,stok adı,товар,наименование,номенклатура,название,продукт,商品,商品名,品名,製品,製品名,アイテム,产品,产品名称,商品名称," +
    "品项,상품,상품명,품명,제품,제품명," +
    "المنتج,اسم المنتج,الصنف,اسم الصنف,البيان,מוצר,שם מוצר,שם המוצר,פריט,שם פריט,תיאור,สินค้า,ชื่อสินค้า",
);
/** A group of products, used as the item only where nothing finer exists. */
export const ITEM_GROUP = phrases(
  "product line,productline,category,product category,product group,department,dept,dept " +
    "id,Warengruppe,Kategorie,Produktgruppe,catégorie,famille,rayon,categoría,familia,categoria,reparto," +
    "categorie,kategoria,kategorie,kategori,категория,カテゴリ,カテゴリー,部門,类别,品类,카테고리,family,brand,type,class",
);
export const BARE_ID = phrases("id,code,no,number,nr,name,row id,key,sku name");
export const STORE = phrases(
  "store,shop,branch,outlet,site,location,warehouse,store id,store name,store number,store no,store nbr,whse,shop " +
    "id,branch id,location id,location name,depot,point of " +
    "sale,Filiale,Filialen,Laden,Geschäft,Standort,Markt,Lager Nr,Filialnummer,Betrieb,magasin,boutique,point de " +
    "vente,succursale,agence,tienda,sucursal,almacén,almacen,punto de venta,local,negozio,filiale,punto " +
    "vendita,magazzino,loja,filial,winkel,vestiging,filiaal,sklep,oddział,magazyn,prodejna,pobočka,butik,butikk," +
    "myymälä,toimipiste,mağaza,şube,depo,магазин,филиал,склад,店舗,店舗名,店舗コード,店,支店,倉庫,拠点,门店,店铺,分店,仓库,매장,점포,지점,창고," +
    "الفرع,المتجر,المخزن,المستودع,סניף,חנות,מחסן,สาขา,ร้าน",
);
export const DATE_SALE = phrases(
  "date of sale,sale date,sales date,purchase date,order date,invoice date,transaction date,order day,sold on," +
    "sold at,sale " +
    "day,Verkaufsdatum,Belegdatum,Rechnungsdatum,Bestelldatum,Auftragsdatum,Buchungsdatum,date de vente,date " +
    "vente,date commande,date de commande,date facture,fecha de venta,fecha venta,fecha de pedido,fecha " +
    "pedido,fecha factura,data vendita,data ordine,data documento,data da venda,data venda,data do " +
    "pedido,verkoopdatum,orderdatum,factuurdatum,besteldatum,data sprzedaży,data zamówienia,datum prodeje,datum " +
    "objednávky,försäljningsdatum,salgsdato,ordredato,satış tarihi,fatura tarihi,дата продажи,дата " +
    "заказа,販売日,売上日,注文日,受注日,取引日,销售日期,订单日期,판매일,판매일자,주문일," +
    "تاريخ البيع,تاريخ الطلب,تاريخ الفاتورة,תאריך מכירה,תאריך הזמנה,תאריך חשבונית,วันที่ขาย",
);
export const DATE_PLAIN = phrases(
  "date,day,ds,datetime,date time,timestamp,time stamp,calendar date,business " +
    "date,Datum,Tag,Kalendertag,jour,fecha,día,dia,data,giorno,dag,dzień,den,datum,dato,päivä,päivämäärä,pvm," +
    "tarih,gün,дата,день,日付,年月日,日時,日期,날짜,일자," +
    "التاريخ,تاريخ,اليوم,תאריך,יום,วันที่",
);
export const DATE_OTHER = phrases(
  "created at,created,paid at,created on,order created,Erstellt am,créé le,creado el,creato il,criado " +
    "em,created date,order time,time,Zeit,Uhrzeit,heure,hora,ora",
);
/** Dates other than that of the sale. */
export const DATE_NOT_SALE = phrases(
  "ship date,shipping date,shipped,shipped at,delivery date,due date,fulfilled at,cancelled at,canceled " +
    "at,birth date,launch,launched,launch date,expiry,expires,expiry date,last updated date,updated " +
    "at,modified,Lieferdatum,Versanddatum,Fälligkeit,date de livraison,fecha de entrega,fecha de envío,data " +
    "consegna,data de entrega,leverdatum,納期,出荷日,发货日期,배송일,end date,valid to,next payment due at,refund " +
    "date,refunded at",
);
export const YEAR = phrases(
  "year,yr,yyyy,jjjj,aaaa,rrrr,Jahr,année,annee,an,año,ano,anno,jaar,rok,år,vuosi,yıl,год,年,年度,년,연도,fiscal year",
);
export const MONTH = phrases(
  "month,mon,month name,mm,Monat,mois,mes,mês,mese,maand,miesiąc,měsíc,månad,måned,kuukausi,ay,месяц,月,月度,월," +
    "month of year,year month,yearmonth,calendar month,年月",
);
export const DAY_OF_MONTH = phrases("day,dd,tt,day of month,Tag,jour,día,dia,giorno,dag,dzień,den,gün,день,日,일,mday");
export const WEEK = phrases(
  "week,weeks,wk,week number,week no,week start,week ending,week of,week commencing,year week,yearweek,iso " +
    "week,calendar week,Woche,KW,Kalenderwoche,semaine,sem,semana,settimana,tydzień,týden,vecka,uge,uke,viikko," +
    "hafta,неделя,週,周,주,주차",
);
export const FORTNIGHT = phrases(
  "fortnight,two weeks,biweek,bi week,biweekly,14 days,zwei Wochen,14 Tage,vierzehn " +
    "Tage,Doppelwoche,quinzaine,quincena,quinzena,quindicina,dwutygodnie,隔週,双周,半月",
);
export const QUARTER = phrases(
  "quarter,qtr,Quartal,trimestre,kwartaal,kwartał,čtvrtletí,kvartal,kvartti,çeyrek,квартал,四半期,季度,분기,year quarter",
);
export const PERIOD_WORD = phrases("period,Periode,Zeitraum,période,período,periodo,periodo,okres,期間,期间,기간");
export const IN_STOCK = phrases(
  "in stock,instock,availability,is available,was in stock,stock flag,auf Lager,lieferbar",
);
export const ORDER = phrases(
  "order,order id,order number,order no,order #,order reference,order ref,référence commande,référence de " +
    "commande,referencia del pedido,riferimento ordine,Auftragsreferenz,Bestellreferenz," +
    "orderreferentie,invoice,invoice no,invoice number,invoice " +
    "id,transaction,transaction id,receipt,receipt number,receipt " +
    "no,bill,ticket,basket,Auftrag,Auftragsnummer,Bestellung,Bestellnummer,Rechnung,Rechnungsnummer,Beleg," +
    "Belegnummer,Bon,Bonnummer,commande,numéro de " +
    "commande,facture,pedido,factura,ordine,fattura,nota,zamówienie,faktura,заказ,чек,注文番号,伝票番号,レシート,订单号,주문번호",
);
export const STATUS = phrases(
  "status,order status,financial status,payment state,order state,event " +
    "type,event,Auftragsstatus,Bestellstatus,statut,état,estado,stato,stav,статус,ステータス,状態,状态,상태",
);
/** Other measures next to sales: neither items nor units. */
export const MEASURE = phrases(
  "hour,minute,weekday,weekday name,day of " +
    "week,dayofweek,dow,temperature,temp,weather,rain,rainfall,humidity,holiday,is holiday,promo,promotion,on " +
    "promotion,visitors,footfall,traffic,customers,number of customers,unemployment,cpi,fuel " +
    "price,latitude,longitude,rating,weight,row,index,rank,Wochentag,Temperatur,Feiertag,Besucher,météo,jour " +
    "férié,festivo,曜日,気温,天気,来客数,星期,요일",
);
/** Words that make a count of units another one than what was sold in the period. */
export const ASIDE = phrases(
  "avg,average,mean,median,cumulative,cumulated,running,ytd,mtd,year to date,month to date,forecast,forecasted," +
    "planned,plan,budget,budgeted,target,expected,last year,previous year,prior year,ly,cancelled,canceled," +
    "reserved,committed,backordered,on order,minimum,maximum,min,max,per case,per pack,per box,per carton," +
    "per pallet,per order,per customer,per transaction,Durchschnitt,durchschnittlich,durchschnittliche,kumuliert," +
    "kumulierte,Soll,Prognose,geplant,Vorjahr,pro Karton,je Karton,pro Kiste,moyenne,moyen,cumul,cumulé,cumulée," +
    "prévu,prévue,prévision,année précédente,par carton,par colis,promedio,acumulado,acumulada,acumuladas," +
    "previsto,prevista,presupuesto,año anterior,por caja,media,cumulato,cumulata,anno precedente,per cartone," +
    "média,orçado,orçada,ano anterior,gemiddeld,gemiddelde,cumulatief,gepland,begroot,vorig jaar,per doos," +
    "średnia,narastająco,prognoza,累計,平均,予測,計画,前年,累计,预测,计划",
);
/** Columns whose cells say what each row measures. */
export const ROW_MEASURE = phrases(
  "metric,metrics,measure,measures,kpi,indicator,Kennzahl,Kennzahlen,Wertart,indicateur,indicador,indicatore," +
    "scenario,Szenario,escenario,version,指標,指标",
);
export const PLANNED = phrases(
  "plan,planned,budget,forecast,target,Soll,Prognose,prévision,prévu,previsión,presupuesto,previsto,previsione," +
    "orçado,begroting,prognose,prognoza,予測,計画",
);
export const ACTUAL = phrases(
  "actual,actuals,real,realized,realised,Ist,réel,réalisé,real,reale,effettivo,realizado,werkelijk,実績",
);
export const PERSON = phrases(
  "customer,customer id,customer name,client,buyer,email,phone,address,employee,cashier,user,member,billing " +
    "name,shipping name,Kunde,Kundennummer,Kundenname,client " +
    "nom,cliente,klant,klient,zákazník,kund,kunde,müşteri,клиент,顧客,客户,고객,first name,last " +
    "name,country,gender,Land,pays,país,paese",
);
