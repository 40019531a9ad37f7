"""Every address of the site: Thai at /, English at /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from learningcity.config import health, metrics
from learningcity.interfaces.urls import account_urlpatterns
from learningcity.pictures import views as pictures
from learningcity.portal.views import data_files, feeds

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("robots.txt", feeds.robots, name="robots"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    # A picture is the same for readers of both languages.
    path("pictures/<int:pk>/<str:name>", pictures.picture_file, name="picture-file"),
    # So is a file of data, and where it lies is for ever.
    path("data/datapackage.<slug:extension>", data_files.platform_package, name="platform-package"),
    path("data/<slug:slug>/<slug:number>/datapackage.<slug:extension>", data_files.data_package, name="data-package"),
    path("data/<slug:slug>/<slug:number>/<slug:name>.<slug:extension>", data_files.data_file, name="data-file"),
    # What other programs speak has no language.
    path("", include("learningcity.interfaces.urls")),
]
urlpatterns += i18n_patterns(
    path("admin/", admin.site.urls),
    path("account/", include(account_urlpatterns)),
    path("account/", include("learningcity.accounts.urls")),
    path("pictures/", include("learningcity.pictures.urls")),
    path("notices/", include("learningcity.notices.urls")),
    path("", include("learningcity.imports.urls")),
    path("", include("learningcity.workspace.urls")),
    path("", include("learningcity.portal.urls")),
    prefix_default_language=False,
)

handler400 = "learningcity.portal.views.errors.bad_request"
handler403 = "learningcity.portal.views.errors.permission_denied"
handler404 = "learningcity.portal.views.errors.not_found"
handler429 = "learningcity.portal.views.errors.too_many_requests"
handler500 = "learningcity.portal.views.errors.server_error"
