"""What a day's messages cost, and the wordings they were made from."""

from typing import ClassVar

from django.db import models

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous
from vungxanh.messaging.rules import Channel, Grade


class DayCost(models.Model):
    """What left, or is leaving, on one day by one way; counted where a message is taken.

    `told_percent` is the share of the budget that administrators were last told of: 0, 80, 100.
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    channel = models.CharField(max_length=8)
    n_messages = models.PositiveIntegerField(default=0)
    n_parts = models.PositiveIntegerField(default=0)
    n_dong = models.PositiveBigIntegerField(default=0)
    told_percent = models.PositiveSmallIntegerField(default=0)

    privacy = internal("id", "day", "channel", "n_messages", "n_parts", "n_dong", "told_percent")

    class Meta:
        ordering: ClassVar = ["-day", "channel"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "channel"], name="one_cost_a_day_and_channel"),
            models.CheckConstraint(
                name="cost_channel_is_known",
                condition=models.Q(channel__in=[str(one) for one in Channel]),
            ),
            models.CheckConstraint(
                name="cost_told_is_known", condition=models.Q(told_percent__in=[0, 80, 100])
            ),
        ]


class TemplateText(models.Model):
    """One wording of a version of a template: in one language, for one channel; never changed.

    `published` is the number in the file that the version came from; null where somebody here
    wrote it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    channel = models.CharField(max_length=8)
    grade = models.CharField(max_length=12)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    starts_at = models.DateTimeField()
    made_by = models.CharField(max_length=128)
    published = models.PositiveSmallIntegerField(null=True)

    privacy = (
        internal(
            "id", "code", "version", "language", "channel", "grade", "subject", "text", "starts_at"
        )
        | internal("published")
        | pseudonymous("made_by")
    )

    class Meta:
        ordering: ClassVar = ["code", "-version", "channel", "-language"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "version", "language", "channel"], name="one_text_a_version"
            ),
            models.CheckConstraint(
                name="template_channel_is_known",
                condition=models.Q(channel__in=[str(one) for one in Channel]),
            ),
            models.CheckConstraint(
                name="template_grade_is_known",
                condition=models.Q(grade__in=[str(one) for one in Grade]),
            ),
            models.CheckConstraint(
                name="template_language_is_known", condition=models.Q(language__in=["en", "vi"])
            ),
        ]
