"""Which stock serves whom."""

from django.db.models import Q, QuerySet

from deploy.embedded.shipping.models import ShippingZone
from deploy.embedded.shop.models import Shop
from deploy.embedded.warehouses.models import Stock

COLLECTION = ("LOCAL", "ALL")


def stocks_for(channel: str | None, country: str | None, *, collection_points: bool | None = None) -> QuerySet[Stock]:
    """Stock that can be sold in a channel.

    A warehouse serves a country when it is in the channel and in a shipping zone of the channel and the country; so a
    collection point inside a zone serves ordinary deliveries too. Collection points count as well while no country is
    named, or where `collection_points` says so. Without a channel: all stock. Where the shop does not keep the older
    rule of zones, every warehouse of the channel serves every country.
    """
    rows = Stock.objects.all()
    if channel is None:
        return rows
    if not Shop.current().use_legacy_shipping_zone_stock_availability:
        return stocks_of_channel(channel)
    zones = [
        zone.pk
        for zone in ShippingZone.objects.filter(channels__slug=channel)
        if not country or country in zone.countries
    ]
    served = Q(warehouse__shipping_zones__in=zones)
    if collection_points if collection_points is not None else not country:
        served |= Q(warehouse__click_and_collect_option__in=COLLECTION)
    return rows.filter(served, warehouse__channels__slug=channel).distinct()


def stocks_of_channel(channel: str) -> QuerySet[Stock]:
    """Stock in any warehouse of the channel, whatever zones say: what an ALL collection point draws on."""
    return Stock.objects.filter(warehouse__channels__slug=channel)
