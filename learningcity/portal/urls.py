"""Addresses of the public pages. They are for ever: a page may move only if its old address leads to it."""

from django.urls import path

from learningcity.portal.views import (
    awards,
    cities,
    feeds,
    home,
    list_files,
    network,
    pages,
    partners,
    plans,
    practices,
    roles,
    search,
    sources,
    styleguide,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("card.png", home.card, name="card"),
    # --- Cities ---
    path("cities/", cities.cities, name="cities"),
    path("cities/<str:slug>/", cities.city, name="city"),
    path("cities/<str:slug>/print/", cities.city_print, name="city-print"),
    path("cities/<str:slug>/profiles/<int:version>/", cities.city_profile, name="city-profile"),
    path("cities/<str:slug>/card.png", cities.city_card, name="city-card"),
    path("cities/<str:slug>/icon.svg", cities.city_icon, name="city-icon"),
    path("cities/<str:slug>/plan/", plans.city_plan, name="city-plan"),
    path("cities/<str:slug>/plan/<int:pk>/", plans.city_plan_older, name="city-plan-older"),
    path("cities/<str:slug>/plan.pdf", plans.city_plan_pdf, name="city-plan-pdf"),
    path("plans/", plans.plans, name="plans"),
    # --- Every list as a file ---
    path("lists/<slug:name>.<slug:extension>", list_files.list_file, name="list-file"),
    # --- Practices, awards, sources, search, words about the site ---
    path("partners/network/", network.network, name="network"),
    path("partners/network/picture/", network.network_picture, name="network-picture"),
    path("partners/network.svg", network.network_svg, name="network-svg"),
    path("partners/network.csv", network.network_csv, name="network-csv"),
    path("partners/network.xlsx", network.network_xlsx, name="network-xlsx"),
    path("practices/", practices.practices, name="practices"),
    path("practices/<str:slug>/", practices.practice, name="practice"),
    # --- Partners and promises ---
    path("partners/", partners.partners, name="partners"),
    path("organizations/<str:slug>/", partners.organization, name="organization"),
    path("agreements/", partners.agreements, name="agreements"),
    path("agreements/<str:slug>/", partners.agreement, name="agreement"),
    path("agreements/<str:slug>/files/<str:sha256>.pdf", partners.agreement_file, name="agreement-file"),
    path("promises/", partners.promises, name="promises"),
    path("awards/", awards.awards, name="awards"),
    path("awards/<str:slug>/", awards.award, name="award"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<str:slug>/", sources.source, name="source"),
    path("search/", search.search, name="search"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("changes.atom", feeds.changes, name="changes"),
    # --- For the secretariat, and for whoever holds a role ---
    path("roles/", roles.roles, name="roles"),
    path("roles/team/", roles.team, name="team"),
    path("roles/invite/", roles.person_invite, name="person-invite"),
    path("roles/grant/", roles.role_grant, name="role-grant"),
    path("roles/<int:pk>/end/", roles.role_end, name="role-end"),
    path("roles/<int:pk>/deputy/", roles.role_deputy, name="role-deputy"),
    path("roles/<int:pk>/hand-over/", roles.role_hand_over, name="role-hand-over"),
]
