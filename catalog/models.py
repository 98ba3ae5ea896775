"""Where Django looks for models; each lives with its noun."""

from catalog.agreements.models import AgreementLetter, AgreementNotice, AgreementRequest
from catalog.certificates.models import Recognition, Source, SourceRecord
from catalog.combos.models import Combo, ComboAgreement, ComboEvent, ComboPart, Packaging, PackagingStock
from catalog.health.models import Sign
from catalog.history.models import ListingChange
from catalog.livestreams.models import (
    LiveHost,
    LiveHostEvent,
    Livestream,
    LivestreamEvent,
    LivestreamPin,
)
from catalog.livestreams.vouchers.models import LivestreamVoucher
from catalog.offers.models import Offer, OfferStock
from catalog.outbox.models import OutboxRow
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.producers.models import Producer, ProducerName
from catalog.products.models import Product
from catalog.quota.models import Quota
from catalog.reminders.models import Reminder, ReminderLetter
from catalog.reports.models import Report, ReportEvent, ReportPhoto
from catalog.saleor.app.models import StoredToken
from catalog.saleor.models import InboxMessage
from catalog.salepoints.models import SalePoint, Warehouse
from catalog.synonyms.models import SynonymVersion
from catalog.warnings.models import ExpiryWarning, Letter, Notice

__all__ = [
    "AgreementLetter", "AgreementNotice", "AgreementRequest", "Combo", "ComboAgreement", "ComboEvent", "ComboPart",
    "ExpiryWarning", "InboxMessage", "Letter", "ListingChange", "LiveHost", "LiveHostEvent", "Livestream",
    "LivestreamEvent", "LivestreamPin", "LivestreamVoucher", "Notice", "Offer", "OfferStock",
    "OutboxRow", "Packaging", "PackagingStock", "Producer", "ProducerMember", "ProducerName", "Product", "Quota",
    "Recognition", "Reminder", "ReminderLetter", "Report", "ReportEvent", "ReportPhoto", "SalePoint", "SalePointStaff",
    "Sign", "Source", "SourceRecord", "StoredToken", "SynonymVersion", "User", "Warehouse",
]  # fmt: skip
