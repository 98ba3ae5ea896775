"""What staff do in Saleor's dashboard, behind the shop's back."""

from catalog.saleor.setup import CHANNEL, SHIPPING
from tests.contract.shop import BUYER
from tests.contract.staff import Staff

_ID = "query($r: String!) { product(externalReference: $r) { id } }"
_VARIANT = "query($r: String!) { productVariant(externalReference: $r) { id } }"


class Dashboard:
    """One method for each thing that somebody may click. Products and variants by externalReference."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff

    def _done(self, query: str, **variables: object) -> dict:
        answer = self.staff.run(query, **variables)
        assert answer["errors"] == [], answer
        return answer

    def _product(self, code: str) -> str:
        return str(self.staff.run(_ID, r=code)["id"])

    def _variant(self, reference: str) -> str:
        return str(self.staff.run(_VARIANT, r=reference)["id"])

    def _channel(self) -> str:
        return str(self.staff.run("query($s: String!) { channel(slug: $s) { id } }", s=CHANNEL)["id"])

    def rename(self, code: str, name: str) -> None:
        """A product gets another name."""
        self._done("mutation($r: String!, $n: String!) { productUpdate(externalReference: $r, input: {name: $n}) "
                   "{ errors { code message } } }", r=code, n=name)  # fmt: skip

    def set_attribute(self, code: str, reference: str, choice: str) -> None:
        """A choice of a product's attribute is changed."""
        self._done("mutation($r: String!, $a: String!, $v: String!) { productUpdate(externalReference: $r, input: "
                   "{attributes: [{externalReference: $a, dropdown: {externalReference: $v}}]}) "
                   "{ errors { code message } } }", r=code, a=reference, v=choice)  # fmt: skip

    def show(self, code: str, *, published: bool) -> None:
        """A product is put on the shelf of our channel, or taken off it."""
        listing = {"channelId": self._channel(), "isPublished": published, "visibleInListings": published,
                   "isAvailableForPurchase": published}  # fmt: skip
        self._done("mutation($id: ID!, $l: [ProductChannelListingAddInput!]) { productChannelListingUpdate(id: $id, "
                   "input: {updateChannels: $l}) { errors { code message } } }",
                   id=self._product(code), l=[listing])  # fmt: skip

    def delete_product(self, code: str) -> None:
        """A product is deleted."""
        self._done("mutation($id: ID!) { productDelete(id: $id) { errors { code message } } }", id=self._product(code))

    def set_price(self, reference: str, price: int) -> None:
        """A variant gets another price, in đồng."""
        self._done("mutation($s: String!, $l: [ProductVariantChannelListingAddInput!]!) { "
                   "productVariantChannelListingUpdate(sku: $s, input: $l) { errors { code message } } }",
                   s=reference, l=[{"channelId": self._channel(), "price": price}])  # fmt: skip

    def set_stock(self, reference: str, warehouse: str, quantity: int) -> None:
        """Pieces on hand in one warehouse (by its externalReference)."""
        row = {"variantExternalReference": reference, "warehouseExternalReference": warehouse, "quantity": quantity}
        self._done("mutation($s: [StockBulkUpdateInput!]!) { stockBulkUpdate(stocks: $s) { errors { code message } } }",
                   s=[row])  # fmt: skip

    def rename_variant(self, reference: str, name: str) -> None:
        """A variant gets another name."""
        self._done("mutation($r: String!, $n: String!) { productVariantUpdate(externalReference: $r, input: {name: $n})"
                   " { errors { code message } } }", r=reference, n=name)  # fmt: skip

    def delete_variant(self, reference: str) -> None:
        """A variant is deleted."""
        self._done("mutation($id: ID!) { productVariantDelete(id: $id) { errors { code message } } }",
                   id=self._variant(reference))  # fmt: skip

    def add_variant(self, code: str, reference: str, price: int) -> None:
        """A variant of a product is made."""
        row = {"attributes": [], "sku": reference, "name": "Hộp quà", "externalReference": reference,
               "trackInventory": True, "channelListings": [{"channelId": self._channel(), "price": price}]}  # fmt: skip
        self._done("mutation($p: ID!, $v: [ProductVariantBulkCreateInput!]!) { productVariantBulkCreate(product: $p, "
                   "variants: $v) { errors { code message } } }", p=self._product(code), v=[row])  # fmt: skip

    def cancel(self, order: str) -> None:
        """An order is cancelled."""
        self._done("mutation($id: ID!) { orderCancel(id: $id) { errors { code message } } }", id=order)

    def confirm(self, order: str) -> None:
        """An order is confirmed."""
        self._done("mutation($id: ID!) { orderConfirm(id: $id) { errors { code message } } }", id=order)

    def mark_paid(self, order: str) -> None:
        """The whole sum of an order came in."""
        self._done("mutation($id: ID!) { orderMarkAsPaid(id: $id, transactionReference: \"DASH\") "
                   "{ errors { code message } } }", id=order)  # fmt: skip

    def fulfil(self, order: str) -> None:
        """Everything leaves the warehouses that it was allotted from."""
        told = self.staff.run("query($id: ID!) { order(id: $id) { lines { id allocations { quantity warehouse { id } } "
                              "} } }", id=order)  # fmt: skip
        lines = [
            {"orderLineId": line["id"], "stocks": [
                {"warehouse": one["warehouse"]["id"], "quantity": one["quantity"]} for one in line["allocations"]
            ]}
            for line in told["lines"]
        ]  # fmt: skip
        self._done("mutation($id: ID!, $i: OrderFulfillInput!) { orderFulfill(order: $id, input: $i) "
                   "{ errors { code message } } }", id=order, i={"lines": lines, "notifyCustomer": False})  # fmt: skip

    def refund(self, order: str) -> None:
        """The whole sum goes back to the buyer."""
        told = self.staff.run("query($id: ID!) { order(id: $id) { total { gross { amount } } transactions { id } } }",
                              id=order)  # fmt: skip
        (item,) = told["transactions"]
        self._done("mutation($id: ID!, $a: PositiveDecimal!) { transactionEventReport(id: $id, type: REFUND_SUCCESS, "
                   "amount: $a, pspReference: \"REFUND-1\") { errors { code message } } }",
                   id=item["id"], a=round(told["total"]["gross"]["amount"]))  # fmt: skip

    def sell(self, reference: str, quantity: int) -> str:
        """A draft order is filled and completed, as for somebody on the telephone; the order's id."""
        zones = self.staff.run("{ shippingZones(first: 100) { edges { node { shippingMethods { id name } } } } }")
        methods = [m for edge in zones["edges"] for m in edge["node"]["shippingMethods"]]
        method = next(m["id"] for m in methods if m["name"] == SHIPPING["noi-tinh"].name)
        address = BUYER.model_dump(by_alias=True, exclude_unset=True, mode="json")
        facts = {
            "channelId": self._channel(), "userEmail": "an@example.com", "shippingAddress": address,
            "billingAddress": address, "shippingMethod": method,
            "lines": [{"variantId": self._variant(reference), "quantity": quantity}],
        }  # fmt: skip
        made = self._done("mutation($i: DraftOrderCreateInput!) { draftOrderCreate(input: $i) { order { id } "
                          "errors { field code message } } }", i=facts)  # fmt: skip
        self._done("mutation($id: ID!) { draftOrderComplete(id: $id) { errors { field code message } } }",
                   id=made["order"]["id"])  # fmt: skip
        return str(made["order"]["id"])
