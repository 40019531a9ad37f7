from learningcity.notices import registry
from learningcity.notices.models import Notice


def test_register_and_lead_may_come_in_any_order(monkeypatch):
    monkeypatch.setattr(registry, "texts", {})
    monkeypatch.setattr(registry, "leads", {})

    registry.lead("sample.said", lambda notice: "/above/")
    registry.register(
        "sample.said",
        registry.Text(title=str, allowed=lambda user, notice: True, address=lambda notice: "/below/"),
    )

    assert registry.address_of(Notice(kind="sample.said")) == "/above/"
