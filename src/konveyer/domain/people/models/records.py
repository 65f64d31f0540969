"""Tables of people and companies."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class Company(WorkspaceRow):
    """An organisation: prospect or client. `name_key` is rules.companies.company_key of the name.

    A generated column `search` stands beside these (migration 0002): see queries.search.
    """

    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)
    legal_name = models.CharField(max_length=300, blank=True)
    tax_number = models.CharField(max_length=20, null=True, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    city = models.CharField(max_length=120, blank=True)
    industry = models.CharField(max_length=120, blank=True)
    external_key = models.CharField(max_length=120, null=True, blank=True)
    history = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = created_at()

    class Meta:
        db_table = "company"
        constraints = [
            in_workspace("company"),
            models.UniqueConstraint(fields=["workspace", "tax_number"], name="company_tax_number"),
            models.UniqueConstraint(fields=["workspace", "external_key"], name="company_external_key"),
            models.CheckConstraint(condition=~Q(name=""), name="company_named"),
        ]
        indexes = [
            models.Index(fields=["workspace", "name_key", "id"], name="company_by_name"),
            models.Index(fields=["workspace", "-created_at", "-id"], name="company_by_time"),
            models.Index(fields=["workspace", "domain"], name="company_by_domain", condition=~Q(domain="")),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(WorkspaceRow):
    """A person. `name_key` is "last first patronymic" for sorting and search; without a name, the first phone or address."""

    last_name = models.CharField(max_length=120, blank=True)
    first_name = models.CharField(max_length=120, blank=True)
    patronymic = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=370)
    city = models.CharField(max_length=120, blank=True)
    timezone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, blank=True)
    external_key = models.CharField(max_length=120, null=True, blank=True)
    history = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = created_at()

    class Meta:
        db_table = "contact"
        constraints = [
            in_workspace("contact"),
            models.UniqueConstraint(fields=["workspace", "external_key"], name="contact_external_key"),
        ]
        indexes = [
            models.Index(fields=["workspace", "name_key", "id"], name="contact_by_name"),
            models.Index(fields=["workspace", "-created_at", "-id"], name="contact_by_time"),
        ]

    @property
    def name(self) -> str:
        """First name, patronymic and last name as people say them."""
        return " ".join(part for part in (self.first_name, self.patronymic, self.last_name) if part)

    @property
    def short_name(self) -> str:
        """First and last name."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)

    def __str__(self) -> str:
        return self.name


class ContactPoint(WorkspaceRow):
    """An e-mail address, a phone, a messenger account: one row per value, shared by whoever uses it."""

    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=254)  # normalised: E.164, lower-case address, handle without @
    extension = models.CharField(max_length=12, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "contact_point"
        constraints = [
            in_workspace("contact_point"),
            models.UniqueConstraint(
                fields=["workspace", "kind", "value", "extension"], name="contact_point_value"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["phone", "email", "telegram", "whatsapp", "max", "vk", "website"]),
                name="contact_point_kind",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="contact_point_filled"),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "value"],
                name="contact_point_prefix",
                opclasses=["uuid_ops", "varchar_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.value


class PointUse(WorkspaceRow):
    """Who answers at a contact point: a contact or a company."""

    point = WorkspaceKey(ContactPoint)
    contact = WorkspaceKey(Contact, null=True, blank=True)
    company = WorkspaceKey(Company, null=True, blank=True)
    label = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "point_use"
        constraints = [
            in_workspace("point_use"),
            models.CheckConstraint(
                condition=Q(contact__isnull=True, company__isnull=False)
                | Q(contact__isnull=False, company__isnull=True),
                name="point_use_of_one",
            ),
            models.UniqueConstraint(fields=["workspace", "contact", "point"], name="point_use_contact"),
            models.UniqueConstraint(fields=["workspace", "company", "point"], name="point_use_company"),
        ]
        indexes = [models.Index(fields=["workspace", "point"], name="point_use_point")]


class Employment(WorkspaceRow):
    """A contact works at a company, from–to, in a role as a buyer sees it."""

    contact = WorkspaceKey(Contact)
    company = WorkspaceKey(Company)
    title = models.CharField(max_length=200, blank=True)
    buying_role = models.CharField(max_length=20, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "employment"
        constraints = [
            in_workspace("employment"),
            models.UniqueConstraint(
                fields=["workspace", "contact", "company"],
                name="employment_open",
                condition=Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(
                    buying_role__in=[
                        "",
                        "director",
                        "head_of_department",
                        "decision_maker",
                        "influencer",
                        "gatekeeper",
                    ]
                ),
                name="employment_buying_role",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "company"], name="employment_company"),
            models.Index(fields=["workspace", "contact"], name="employment_contact"),
        ]


class ListChoice(WorkspaceRow):
    """The columns that a member wants in one list of the base; no row means the usual ones."""

    member = WorkspaceKey(Member, on_delete=models.CASCADE)
    name = models.CharField(max_length=20)
    columns = ArrayField(models.CharField(max_length=30), default=list)

    class Meta:
        db_table = "list_choice"
        constraints = [
            in_workspace("list_choice"),
            models.UniqueConstraint(fields=["workspace", "member", "name"], name="list_choice_once"),
        ]
