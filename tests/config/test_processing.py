"""The papers on processing say what is configured, and change with it."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings

from vungxanh.accounts.models.purposes import Purpose
from vungxanh.accounts.rules import roles as listed_roles
from vungxanh.accounts.rules.roles import Role
from vungxanh.config.database import Role as DatabaseRole
from vungxanh.config.database import from_url
from vungxanh.config.mail import Mail
from vungxanh.config.processing import papers, reading, tables, ways
from vungxanh.config.processing.papers.dossier import risks
from vungxanh.config.processing.values import Configured, Stated
from vungxanh.config.processing.words import AFTER
from vungxanh.config.push import Push
from vungxanh.config.sms import Oa, Sms
from vungxanh.core.privacy import THIRD_PARTY, PrivacyClass
from vungxanh.core.viewer import CAPABILITIES
from vungxanh.documents.annexes import printed_annex
from vungxanh.documents.content import Letter
from vungxanh.documents.letters import printed_letter

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)
PRIVATE = {PrivacyClass.PERSONAL, PrivacyClass.SENSITIVE, PrivacyClass.PSEUDONYMOUS}
DOCS = Path(__file__).parents[2] / "docs"
STATED = Stated(controller="Sở Y tế mẫu", officer="Người mẫu 1", began_on=date(2026, 8, 1))


def printed(document: Letter) -> str:
    """Every word of a document, its annexes too."""
    letter = printed_letter(document)
    words = [letter.subject, *(part.text for part in letter.body)]
    words += [letter.head.agency, *letter.sign_off.lines, *letter.addressees]
    for annex in letter.annexes:
        words += [*annex.title, *(one.text for one in annex.remarks)]
        words += [cell for table in annex.tables for row in table.rows for cell in row]
    return "\n".join(words)


def register(stated: Stated = STATED) -> str:
    """The words of the register as it would be now."""
    cover = papers.Cover(stated, "Tỉnh mẫu", TODAY, 1)
    return printed(papers.register_paper(cover, reading.configured(TODAY)))


def dossier(stated: Stated = STATED) -> str:
    """The words of the dossier as it would be now."""
    cover = papers.Cover(stated, "Tỉnh mẫu", TODAY, 1)
    return printed(papers.dossier_paper(cover, reading.configured(TODAY)))


def labels_with_private_fields() -> set[str]:
    """Read from the models here, without the code under test."""
    ours = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if any(one.cls in PRIVATE for one in getattr(model, "privacy", {}).values())
    }
    theirs = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    return ours | {label for label, one in THIRD_PARTY.items() if one.cls in PRIVATE} & theirs


def test_every_table_with_fields_about_persons_is_in_the_register() -> None:
    found = tables.holdings()
    assert {one.label for one in found} == labels_with_private_fields()
    words = register()
    assert [one.label for one in found if (one.name or one.label) not in words] == []


def test_every_table_and_room_is_described_in_vietnamese() -> None:
    described = set(tables.told()["tables"])
    assert labels_with_private_fields() - described == set(), "describe it in tables.toml"
    assert {one.room for one in tables.holdings()} <= set(tables.told()["rooms"])


def test_no_table_is_described_that_is_not_there() -> None:
    assert set(tables.told()["tables"]) - labels_with_private_fields() == set()


def test_who_may_see_is_a_capability() -> None:
    assert {one.sees for one in tables.holdings()} - set(CAPABILITIES) == {""}


def test_every_retention_has_its_words() -> None:
    after = {words for one in tables.holdings() for days, words in one.keeps if days is not None}
    assert after - set(AFTER) == set()


def test_personal_fields_are_counted_as_declared_and_as_sealed() -> None:
    found = {one.label: one for one in tables.holdings()}["accounts.Staff"]
    assert (found.n_personal, found.n_pseudonymous, found.n_open) == (3, 2, 0)


def test_field_left_open_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "HASHED", frozenset())
    assert "chưa niêm phong: 1" in register()
    assert "Còn phải làm: Niêm phong dữ liệu" in register()


def test_added_purpose_stands_in_the_register_with_its_law() -> None:
    before = reading.configured(TODAY)
    Purpose.objects.create(
        code="sample",
        vi="Mục đích mẫu để thử",
        en="Sample purpose",
        law="Luật mẫu",
        article="Điều 7",
        law_on=date(2026, 1, 2),
        starts_on=TODAY,
        ends_on=date(2026, 12, 31),
    )
    words = register()
    assert "Mục đích mẫu để thử" in words
    assert "Điều 7, Luật mẫu, ngày 02/01/2026" in words
    assert reading.configured(TODAY).digest != before.digest


def test_purpose_that_ended_is_in_force_no_longer() -> None:
    Purpose.objects.update(ends_on=TODAY - timedelta(days=1))
    assert "không mục đích nào có hiệu lực" in register()


def test_sms_gateway_is_a_recipient_by_its_host(settings: LazySettings) -> None:
    assert "sms.gateway.example" not in register()
    settings.SMS = Sms("http", url="https://sms.gateway.example:8443/v1?key=abc", token="bi-mat")
    words = register()
    assert "Tin nhắn SMS (sms.gateway.example)" in words
    assert "bi-mat" not in words
    assert "key=abc" not in words


def test_every_gateway_is_named_by_host_alone(settings: LazySettings) -> None:
    settings.MAIL = Mail("smtp", host="mail.example", user="ai", password="bi-mat", security="none")
    settings.SMS = Sms("smpp", host="smpp.example", password="bi-mat")
    settings.OA = Oa("https://oa.example/send", "bi-mat")
    settings.PUSH = Push("web", hosts=("push.example",))
    hosts = [one.hosts for one in ways.recipients()]
    assert hosts == [("mail.example",), ("smpp.example",), ("oa.example",), ("push.example",)]
    assert "KHÔNG mã hóa" in register()
    assert "bi-mat" not in register()


def test_database_elsewhere_is_named_without_its_password(settings: LazySettings) -> None:
    who = "ai:bi-mat"
    url = f"postgresql://{who}@csdl.example:5433/vx?sslmode=verify-full"
    entry = from_url(url, DatabaseRole.WEB)
    store = ways._database(entry)
    assert (store.host, store.place.vi) == ("csdl.example", "máy chủ csdl.example:5433")
    assert ways.line_of(entry) == "verify-full"


def test_role_that_loses_a_capability_sees_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {one.label: one for one in tables.holdings()}["people.Person"].roles
    spec = listed_roles.ROLES[Role("tracer")]
    less = dataclasses.replace(spec, capabilities=spec.capabilities - {"persons.view"})
    monkeypatch.setitem(listed_roles.ROLES, Role("tracer"), less)
    after = {one.label: one for one in tables.holdings()}["people.Person"].roles
    assert set(before) - set(after) == {"Cán bộ truy vết"}
    assert f"{len(after)}/{len(listed_roles.ROLES)} vai trò được xem thông tin người" in register()


def test_https_and_keys_are_told_as_they_are(settings: LazySettings, tmp_path: Path) -> None:
    settings.HTTPS = False
    assert "CHƯA bật" in register()
    settings.HTTPS = True
    settings.KEYS = tmp_path
    assert "CHƯA bật" not in register()
    assert "có 0/6 tệp khóa" in register()


def test_what_was_not_stated_is_a_visible_blank() -> None:
    words = register(Stated())
    assert "Tên cơ quan: (chưa khai). Địa chỉ: (chưa khai)." in words
    assert "Chuyển dữ liệu ra nước ngoài: chưa khai báo." in words
    assert "(CHƯA KHAI TÊN CƠ QUAN)" in words
    assert "(CHƯA KHAI CHỨC VỤ)" in words


def test_what_was_stated_stands_in_the_papers() -> None:
    words = dossier(Stated(controller="Sở Y tế mẫu", abroad="Không chuyển", necessity="Vì dịch"))
    assert "Tên cơ quan: Sở Y tế mẫu." in words
    assert "Chuyển dữ liệu ra nước ngoài: Không chuyển." in words
    assert "Sự cần thiết, theo bên kiểm soát: Vì dịch." in words


def test_dossier_tells_its_terms() -> None:
    words = dossier()
    assert "Bắt đầu xử lý ngày 01/8/2026; hạn nộp lần đầu (trong 60 ngày): 30/9/2026." in words
    assert "lần tới: 01/3/2027" in words


def test_risks_of_the_dossier_are_those_of_the_threat_model() -> None:
    model = (DOCS / "security" / "threat-model.md").read_text("utf-8")
    topics = [one["topic"] for one in risks()]
    assert len(topics) > 8
    assert [topic for topic in topics if f"| {topic} |" not in model] == []


def test_measures_that_answer_risks_exist(settings: LazySettings) -> None:
    settings.MAIL = Mail("smtp", host="mail.example")
    settings.SMS = Sms("smpp", host="smpp.example")
    known = {one.code for one in reading.configured(TODAY).measures}
    assert {code for one in risks() for code in one["measures"]} - known == set()


def test_english_summary_has_the_same_figures() -> None:
    found: Configured = reading.configured(TODAY)
    cover = papers.Cover(STATED, "Tỉnh mẫu", TODAY, 1)
    annex = printed_annex(papers.register_paper(cover, found).annexes[-1])
    words = " ".join(one.text for one in annex.remarks)
    assert f"{len(found.holdings)} tables point at persons" in words
    assert "Recipients and processors by host: none is configured." in words


def test_same_configuration_has_the_same_digest() -> None:
    assert reading.configured(TODAY).digest == reading.configured(TODAY).digest
