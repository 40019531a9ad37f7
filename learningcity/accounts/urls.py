from allauth.account.decorators import reauthentication_required
from allauth.account.views import email
from django.urls import include, path

from learningcity.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("data/", views.account_data, name="account_data"),
    path("erase/", views.account_erase, name="account_erase"),
    path("erased/", views.account_erased, name="account_erased"),
    path("sessions/<int:pk>/end/", views.account_session_end, name="account_session_end"),
    # Whoever changes the address can have the password changed: that takes more than a session.
    path("email/", reauthentication_required(email, allow_get=True), name="account_email"),
    path("", include("allauth.urls")),
]
