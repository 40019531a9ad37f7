"""Addresses for other programs. They have no language, and they are for ever."""

from django.urls import path

from learningcity.interfaces.views import ckan, dcat, oai

urlpatterns = [
    # --- CKAN: with the number of the version and without, with a slash at the end and without ---
    path("api/action/<path:name>", ckan.action, name="ckan-action"),
    path("api/3/action/<path:name>", ckan.action, name="ckan-action"),
    # --- DCAT-AP ---
    *(path(f"catalog.{form}", dcat.dcat_catalog, {"extension": form}, name="dcat-catalog") for form in dcat.FORMATS),
    *(
        path(f"data/<slug:slug>.{form}", dcat.dcat_dataset, {"extension": form}, name="dcat-dataset")
        for form in dcat.FORMATS
    ),
    # --- OAI-PMH ---
    path("oai", oai.oai, name="oai"),
    path("oai/", oai.oai, name="oai"),
]
