import polib
import pytest
from django.core.management import CommandError, call_command

from learningcity.common.management.commands.messages import faults_of, update
from learningcity.common.messages import Message, in_python, in_template, placeholders


def test_every_text_of_the_interface_is_in_thai(capsys):
    call_command("messages", "--check")


def test_in_python_finds_plain_plural_and_contextual_texts():
    code = 'x = _("one")\ny = ngettext("%(n)s city", "%(n)s cities", n)\nz = pgettext_lazy("month", "May")\nw = _(name)'

    assert list(in_python(code)) == [
        Message("one"),
        Message("%(n)s city", plural="%(n)s cities"),
        Message("May", context="month"),
    ]


def test_in_template_finds_tags_blocks_and_arguments():
    source = (
        '{% load i18n %}{% translate "one" %}{% part title=_("two") %}{{ _("three") }}'
        "{% blocktranslate trimmed with a=b %}\n  It’s\n  {{ a }}. {% endblocktranslate %}"
    )

    assert list(in_template(source)) == [
        Message("one"),
        Message("two"),
        Message("three"),
        Message("It’s %(a)s."),
    ]


@pytest.mark.parametrize(
    ("thai", "fault"),
    [
        ("", "not translated: 'Hello %(name)s'"),
        ("สวัสดี", "other placeholders: 'Hello %(name)s'"),
    ],
)
def test_faults_of_names_a_text_without_a_sound_translation(thai, fault, tmp_path):
    catalog = polib.POFile()
    update(catalog, {Message("Hello %(name)s"): ["a.html"]})
    catalog[0].msgstr = thai
    catalog.save_as_mofile(tmp_path / "x.mo")

    assert faults_of(catalog, {Message("Hello %(name)s"): []}, tmp_path / "x.mo") == [fault]


def test_faults_of_names_a_text_that_is_missing_and_one_that_is_no_longer_used(tmp_path):
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid="old", msgstr="เก่า"))
    catalog.save_as_mofile(tmp_path / "x.mo")

    assert faults_of(catalog, {Message("new"): []}, tmp_path / "x.mo") == [
        "not in the catalog: 'new'",
        "no longer used: 'old'",
    ]


def test_faults_of_notices_a_compiled_file_of_another_catalog(tmp_path):
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid="a", msgstr="ก"))

    assert faults_of(catalog, {Message("a"): []}, tmp_path / "absent.mo") == [
        "django.mo is not made from this django.po; run ./run manage messages"
    ]


def test_update_keeps_translations_and_drops_what_is_gone():
    catalog = polib.POFile()
    update(catalog, {Message("a"): ["1"], Message("b"): ["1"]})
    catalog.find("a").msgstr = "ก"

    update(catalog, {Message("a"): ["2"]})

    assert [(entry.msgid, entry.msgstr, entry.occurrences) for entry in catalog] == [("a", "ก", [("2", "")])]


def test_placeholders_finds_all_three_forms():
    assert placeholders("%(count)s of {total} at 100%% %d") == {"%(count)s", "{total}", "%d"}


def test_messages_check_fails_loudly(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("learningcity.common.management.commands.messages.CATALOG", tmp_path / "django.po")

    with pytest.raises(CommandError, match="not in the catalog"):
        call_command("messages", "--check")
