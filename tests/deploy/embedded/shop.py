"""A shop on the embedded server, set up over its API as the project sets up a real one."""

from dataclasses import dataclass, field
from typing import Any

from tests.embedded_server import Server

ADDRESS = {
    "firstName": "An",
    "lastName": "Nguyễn",
    "streetAddress1": "12 Lê Lợi",
    "city": "Hà Nội",
    "country": "VN",
    "phone": "+84912345678",
}


@dataclass
class Shop:
    """Ids of what was set up; `main` is an ordinary warehouse, `point` a LOCAL collection point outside all zones."""

    server: Server
    channel: str = ""
    main: str = ""
    point: str = ""
    product_type: str = ""
    category: str = ""
    method: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    def run(self, query: str, token: str | None = "own", **variables: Any) -> Any:
        """The `data` of a document that must have no errors of its own; a single root field is unpacked."""
        answer = self.server.post(query, variables, token)
        assert "errors" not in answer, answer["errors"]
        data = answer["data"]
        return next(iter(data.values())) if len(data) == 1 else data

    def product(self, name: str, pieces: int, price: int = 50000, at: str = "main", **more: Any) -> dict[str, Any]:
        """Make a published product with one variant and its stock; answers {"id", "variant"}."""
        variant = {
            "attributes": [],
            "sku": f"{name}-1",
            "name": "Gói",
            "externalReference": f"{name}-1",
            "stocks": [{"warehouse": getattr(self, at), "quantity": pieces}],
            "channelListings": [{"channelId": self.channel, "price": price}],
            **more,
        }
        row = {
            "name": name,
            "externalReference": name,
            "productType": self.product_type,
            "category": self.category,
            "attributes": [{"id": self.attributes["star"], "dropdown": {"externalReference": "star-3"}}],
            "channelListings": [
                {
                    "channelId": self.channel,
                    "isPublished": True,
                    "visibleInListings": True,
                    "isAvailableForPurchase": True,
                }
            ],
            "variants": [variant],
        }
        made = self.run(BULK_CREATE, products=[row])
        assert made["results"][0]["errors"] == [], made
        product = made["results"][0]["product"]
        return {"id": product["id"], "variant": product["variants"][0]["id"]}

    def checkout(self, variant: str, quantity: int = 1, *, collect: bool = False, **more: Any) -> str:
        """A checkout that only has to be completed; answers its id."""
        given: dict[str, Any] = {
            "channel": "ocop-vn",
            "email": "khach@example.com",
            "lines": [{"variantId": variant, "quantity": quantity}],
            "billingAddress": ADDRESS,
            **({} if collect else {"shippingAddress": ADDRESS}),
            **more,
        }
        made = self.run(CHECKOUT_CREATE, token=None, input=given)
        assert made["errors"] == [], made
        key = made["checkout"]["id"]
        chosen = self.run(CHOOSE, token=None, id=key, method=self.point if collect else self.method)
        assert chosen["errors"] == [], chosen
        return key

    def stock(self, variant: str) -> list[tuple[int, int]]:
        """(quantity, allocated) in each warehouse."""
        query = "query($id:ID!){productVariant(id:$id){stocks{quantity quantityAllocated}}}"
        return [(s["quantity"], s["quantityAllocated"]) for s in self.run(query, id=variant)["stocks"]]


BULK_CREATE = """mutation($products:[ProductBulkCreateInput!]!){
 productBulkCreate(products:$products, errorPolicy:REJECT_FAILED_ROWS){
  count results{product{id externalReference slug variants{id externalReference}} errors{path code message}}}}"""
CHECKOUT_CREATE = """mutation($input:CheckoutCreateInput!){checkoutCreate(input:$input){
 checkout{id totalPrice{gross{amount}} shippingMethods{id name} availableCollectionPoints{id}}
 errors{field code message variants addressType}}}"""
CHOOSE = """mutation($id:ID!,$method:ID){checkoutDeliveryMethodUpdate(id:$id, deliveryMethodId:$method){
 checkout{id totalPrice{gross{amount}}} errors{field code message}}}"""
COMPLETE = """mutation($id:ID!){checkoutComplete(id:$id){
 order{id number status chargeStatus isPaid collectionPointName lines{id quantity}}
 errors{field code message variants}}}"""
FULFILL = """mutation($order:ID!,$input:OrderFulfillInput!){orderFulfill(order:$order,input:$input){
 fulfillments{id status warehouse{slug} lines{quantity}} order{status}
 errors{field code message orderLines warehouse}}}"""

_SETUP = {
    "channel": """mutation($input:ChannelCreateInput!){
     channelCreate(input:$input){channel{id} errors{field code message}}}""",
    "attributes": """mutation($rows:[AttributeCreateInput!]!){
     attributeBulkCreate(attributes:$rows){
     results{attribute{id slug externalReference} errors{path code message}}}}""",
    "type": """mutation($input:ProductTypeInput!){
     productTypeCreate(input:$input){productType{id} errors{field code}}}""",
    "category": """mutation($input:CategoryInput!){
     categoryCreate(input:$input){category{id} errors{field code}}}""",
    "warehouse": """mutation($input:WarehouseCreateInput!){
     createWarehouse(input:$input){warehouse{id} errors{field code message}}}""",
    "collect": """mutation($id:ID!,$input:WarehouseUpdateInput!){
     updateWarehouse(id:$id,input:$input){errors{field code message}}}""",
    "assign": """mutation($id:ID!,$input:ChannelUpdateInput!){
     channelUpdate(id:$id,input:$input){errors{field code message}}}""",
    "zone": """mutation($input:ShippingZoneCreateInput!){
     shippingZoneCreate(input:$input){shippingZone{id} errors{field code message}}}""",
    "method": """mutation($input:ShippingPriceInput!){
     shippingPriceCreate(input:$input){shippingMethod{id} errors{field code}}}""",
    "price": """mutation($id:ID!,$input:ShippingMethodChannelListingInput!){
     shippingMethodChannelListingUpdate(id:$id,input:$input){
     errors{field code message}}}""",
    "settings": """mutation($input:ShopSettingsInput!){
     shopSettingsUpdate(input:$input){errors{field code}}}""",
}


def set_up(server: Server) -> Shop:
    """One channel in đồng for unpaid orders, one zone with one method for 30,000, two warehouses, one product type."""
    shop = Shop(server)
    channel = {
        "name": "OCOP Việt Nam",
        "slug": "ocop-vn",
        "currencyCode": "VND",
        "defaultCountry": "VN",
        "isActive": True,
        "orderSettings": {"allowUnpaidOrders": True, "markAsPaidStrategy": "TRANSACTION_FLOW"},
    }
    shop.channel = shop.run(_SETUP["channel"], input=channel)["channel"]["id"]
    star = {
        "name": "Số sao OCOP",
        "type": "PRODUCT_TYPE",
        "inputType": "DROPDOWN",
        "externalReference": "star",
        "values": [{"name": f"{n} sao", "externalReference": f"star-{n}"} for n in (3, 4, 5)],
    }
    others = [
        {"name": name, "type": "PRODUCT_TYPE", "inputType": kind, "externalReference": name}
        for name, kind in (("score", "NUMERIC"), ("cert", "PLAIN_TEXT"), ("until", "DATE"))
    ]
    made = shop.run(_SETUP["attributes"], rows=[star, *others])["results"]
    shop.attributes = {row["attribute"]["externalReference"]: row["attribute"]["id"] for row in made}
    kind = {"name": "Sản phẩm OCOP", "productAttributes": list(shop.attributes.values())}
    shop.product_type = shop.run(_SETUP["type"], input=kind)["productType"]["id"]
    shop.category = shop.run(_SETUP["category"], input={"name": "Đồ uống"})["category"]["id"]
    for name, slug in (("main", "kho-ha-noi"), ("point", "diem-hue")):
        given = {"name": slug, "slug": slug, "externalReference": slug, "address": ADDRESS}
        setattr(shop, name, shop.run(_SETUP["warehouse"], input=given)["warehouse"]["id"])
    shop.run(_SETUP["collect"], id=shop.point, input={"clickAndCollectOption": "LOCAL", "isPrivate": False})
    assert shop.run(_SETUP["assign"], id=shop.channel, input={"addWarehouses": [shop.main, shop.point]})["errors"] == []
    zone = {"name": "Việt Nam", "countries": ["VN"], "addChannels": [shop.channel], "addWarehouses": [shop.main]}
    zone_id = shop.run(_SETUP["zone"], input=zone)["shippingZone"]["id"]
    method = {"name": "Giao hàng tiêu chuẩn", "type": "PRICE", "shippingZone": zone_id}
    type_id = shop.run(_SETUP["method"], input=method)["shippingMethod"]["id"]
    price = {"addChannels": [{"channelId": shop.channel, "price": 30000}]}
    assert shop.run(_SETUP["price"], id=type_id, input=price)["errors"] == []
    probe = shop.product("probe", 1)
    given = {
        "channel": "ocop-vn",
        "lines": [{"variantId": probe["variant"], "quantity": 1}],
        "shippingAddress": ADDRESS,
    }
    offered = shop.run(CHECKOUT_CREATE, token=None, input=given)["checkout"]["shippingMethods"]
    shop.method = offered[0]["id"]
    return shop
