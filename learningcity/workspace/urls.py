"""Addresses of the pages on which content is made. Those of a place stand last, so that no city's name hides a page."""

from django.urls import path

from learningcity.workspace.views import (
    datasets,
    dates,
    desk,
    exchanges,
    help as guides,
    history,
    imports,
    partner,
    partnering,
    plan,
    preview,
    proposals,
    queue,
    records,
    reports,
    saving,
    uploads,
)

urlpatterns = [
    path("workspace/", desk.desk, name="workspace"),
    # --- What waits for a decision ---
    path("workspace/queue/", queue.queue, name="workspace-queue"),
    path("workspace/queue/<int:pk>/", queue.decision, name="decision"),
    path("workspace/reports/", reports.reports, name="workspace-reports"),
    path("workspace/reports/<int:pk>/", reports.report_answer, name="workspace-report"),
    path("workspace/report-dates/", dates.report_dates, name="report-dates"),
    path("workspace/report-dates/<int:pk>/drop/", dates.report_date_drop, name="report-date-drop"),
    # --- One proposal ---
    path("workspace/proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("workspace/proposals/<int:pk>/save/", saving.save, name="proposal-save"),
    path("workspace/proposals/<int:pk>/preview/", preview.preview, name="proposal-preview"),
    path("workspace/proposals/<int:pk>/submit/", proposals.proposal_submit, name="proposal-submit"),
    path("workspace/proposals/<int:pk>/withdraw/", proposals.proposal_withdraw, name="proposal-withdraw"),
    path("workspace/proposals/<int:pk>/recall/", proposals.proposal_recall, name="proposal-recall"),
    # --- One record ---
    path("workspace/edit/<slug:kind>/<str:key>/", records.edit, name="record-edit"),
    path("workspace/edit/<slug:kind>/<str:key>/save/", saving.save_first, name="record-save"),
    path("workspace/remove/<slug:kind>/<str:key>/", records.remove, name="record-remove"),
    path("workspace/history/<slug:kind>/<str:key>/", history.history, name="record-history"),
    path("workspace/history/<slug:kind>/<str:key>/erase/", history.erase, name="record-erase"),
    path("workspace/restore/<int:pk>/", history.restore, name="revision-restore"),
    # --- Spreadsheets ---
    path("workspace/imports/", imports.imports, name="imports"),
    path("workspace/imports/new/<slug:table>/", imports.import_new, name="import-new"),
    path("workspace/imports/<int:pk>/", imports.import_page, name="import"),
    path("workspace/imports/<int:pk>/submit/", imports.import_submit, name="import-submit"),
    path("workspace/imports/<int:pk>/<slug:verb>/", imports.import_do, name="import-do"),
    # --- For the clerk of a partner, and around promises for the city too ---
    path("partner/", partner.partner, name="partner"),
    path("partner/invitations/<str:token>/", partner.invitation, name="partner-invitation"),
    path("partner/commitments/<int:pk>/", partner.partner_commitment, name="partner-commitment"),
    path("partner/commitments/<int:pk>/confirm/", partner.partner_confirm, name="partner-confirm"),
    path("partner/commitments/<int:pk>/<slug:verb>/", partner.partner_settle, name="partner-settle"),
    path("partner/evidence/<int:pk>/check/", partner.evidence_check, name="evidence-check"),
    path("partner/evidence/<int:pk>/file/", partner.evidence_file, name="evidence-file"),
    path("partner/files/<int:pk>/", partner.partner_file, name="partner-file"),
    # --- For the city: its partners, and other cities ---
    path("workspace/organizations/<int:pk>/", partnering.organization_clerks, name="organization-clerks"),
    path("workspace/clerks/<int:pk>/end/", partnering.clerk_end, name="clerk-end"),
    path("workspace/agreements/<int:pk>/", partnering.agreement_papers, name="agreement-papers"),
    path("workspace/papers/<int:pk>/<slug:verb>/", partnering.paper_show, name="paper-show"),
    path("workspace/visits/<int:pk>/", exchanges.visit, name="visit"),
    path("workspace/visits/<int:pk>/<slug:verb>/", exchanges.visit_do, name="visit-do"),
    path("workspace/pairs/<int:pk>/end/", exchanges.pair_end, name="pair-end"),
    path("workspace/<slug:place>/partners/", partnering.city_partners, name="workspace-partners"),
    path("workspace/<slug:place>/exchanges/", exchanges.exchanges, name="exchanges"),
    # --- Data: files that are brought, and what they become ---
    path("workspace/uploads/<str:token>/", uploads.upload, name="upload"),
    path("workspace/uploads/<str:token>/drop/", uploads.upload_drop, name="upload-drop"),
    path("workspace/datasets/<int:pk>/", datasets.dataset_care, name="dataset-care"),
    path("workspace/datasets/<int:pk>/withdraw/", datasets.dataset_withdraw, name="dataset-withdraw"),
    path("workspace/<slug:place>/data/", datasets.place_data, name="place-data"),
    path("workspace/<slug:place>/data/describe/", datasets.data_describe, name="data-describe"),
    # --- The plan of a city ---
    path("workspace/plan-actions/<int:pk>/stop/", plan.plan_action_stop, name="plan-action-stop"),
    path("workspace/plan-actions/<int:pk>/<slug:verb>/", plan.plan_action_move, name="plan-action-move"),
    path("workspace/plans/<int:pk>/<slug:verb>/", plan.plan_move, name="plan-move"),
    path("workspace/<slug:place>/plan/", plan.plan_builder, name="plan-builder"),
    path("workspace/<slug:place>/plan/<slug:kind>/", plan.plan_begin, name="plan-begin"),
    # --- One place ---
    path("workspace/<slug:place>/", records.place, name="workspace-place"),
    path("workspace/<slug:place>/new/<slug:kind>/", records.new, name="record-new"),
    path("workspace/<slug:place>/new/<slug:kind>/save/", saving.save_new, name="record-new-save"),
    # --- What everybody may see ---
    path("history/<slug:kind>/<str:key>/", history.public_history, name="history"),
    path("report/", reports.report, name="report"),
    path("help/", guides.guides, name="help"),
    path("help/<slug:slug>/", guides.guide, name="help-guide"),
]
