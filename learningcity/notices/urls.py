from django.urls import path

from learningcity.notices import views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("read/", views.notices_read_all, name="notices-read-all"),
    path("<int:pk>/read/", views.notice_read, name="notice-read"),
    path("settings/", views.notices_settings, name="notices-settings"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
