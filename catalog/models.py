"""Where Django looks for models; each lives with its noun."""

from catalog.certificates.models import Recognition, Source, SourceRecord
from catalog.health.models import Sign
from catalog.history.models import ListingChange
from catalog.offers.models import Offer, OfferStock
from catalog.outbox.models import OutboxRow
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.producers.models import Producer, ProducerName
from catalog.products.models import Product
from catalog.reports.models import Report, ReportEvent, ReportPhoto, ReportQuota
from catalog.saleor.app.models import StoredToken
from catalog.saleor.models import InboxMessage
from catalog.salepoints.models import SalePoint, Warehouse
from catalog.warnings.models import ExpiryWarning, Letter, Notice

__all__ = [
    "ExpiryWarning", "InboxMessage", "Letter", "ListingChange", "Notice", "Offer", "OfferStock", "OutboxRow",
    "Producer", "ProducerMember", "ProducerName", "Product", "Recognition", "Report", "ReportEvent",
    "ReportPhoto", "ReportQuota", "SalePoint", "SalePointStaff", "Sign", "Source", "SourceRecord",
    "StoredToken", "User", "Warehouse",
]  # fmt: skip
