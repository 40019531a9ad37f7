"""Addresses for other programs. They have no language, and they are for ever."""

from django.urls import path

from learningcity.interfaces.api import docs, door
from learningcity.interfaces.views import ckan, croissant, dcat, keys, oai, ogc, sdmx

urlpatterns = [
    # --- CKAN: with the number of the version and without, with a slash at the end and without ---
    path("api/action/<path:name>", ckan.action, name="ckan-action"),
    path("api/3/action/<path:name>", ckan.action, name="ckan-action"),
    *(path(f"api/3{slash}", ckan.ckan_version, name="ckan-version") for slash in ("", "/")),
    *(path(f"{word}{slash}", ckan.ckan_catalog, name="ckan-catalog") for word in ckan.LISTS for slash in ("", "/")),
    path("dataset/<str:name>", ckan.ckan_dataset, name="ckan-dataset"),
    path("dataset/<str:name>/", ckan.ckan_dataset, name="ckan-dataset"),
    path("dataset/<str:name>/resource/<str:uid>", ckan.ckan_resource, name="ckan-resource"),
    path("organization/<str:name>", ckan.ckan_organization, name="ckan-organization"),
    path("organization/<str:name>/", ckan.ckan_organization, name="ckan-organization"),
    path("group/<str:name>", ckan.ckan_group, name="ckan-group"),
    path("group/<str:name>/", ckan.ckan_group, name="ckan-group"),
    # --- Our own ---
    path("api/v1/docs", docs.docs, name="api-docs"),
    path("api/v1", door.door, name="api"),
    path("api/v1/", door.door, name="api"),
    path("api/v1/<path:rest>", door.door, name="api"),
    # --- DCAT-AP ---
    *(path(f"catalog.{form}", dcat.dcat_catalog, {"extension": form}, name="dcat-catalog") for form in dcat.FORMATS),
    *(
        path(f"data/<slug:slug>.{form}", dcat.dcat_dataset, {"extension": form}, name="dcat-dataset")
        for form in dcat.FORMATS
    ),
    path("data/<slug:slug>/croissant.json", croissant.croissant, name="croissant"),
    # --- OGC API - Features ---
    path("ogc", ogc.ogc, name="ogc"),
    path("ogc/", ogc.ogc, name="ogc"),
    path("ogc/api", ogc.ogc_api, name="ogc-api"),
    path("ogc/conformance", ogc.ogc_conformance, name="ogc-conformance"),
    path("ogc/collections", ogc.ogc_collections, name="ogc-collections"),
    path("ogc/collections/<str:name>", ogc.ogc_collection, name="ogc-collection"),
    path("ogc/collections/<str:name>/items", ogc.ogc_items, name="ogc-items"),
    path("ogc/collections/<str:name>/items/<str:key>", ogc.ogc_item, name="ogc-item"),
    # --- SDMX-CSV ---
    path("data/sdmx.csv", sdmx.sdmx, name="sdmx"),
    # --- OAI-PMH ---
    path("oai", oai.oai, name="oai"),
    path("oai/", oai.oai, name="oai"),
]
# For people, in both languages: config puts them beside the other pages of an account.
account_urlpatterns = [
    path("api-keys/", keys.keys, name="api-keys"),
    path("api-keys/all/", keys.keys_all, name="api-keys-all"),
    path("api-keys/<int:pk>/revoke/", keys.key_revoke, name="api-key-revoke"),
]
