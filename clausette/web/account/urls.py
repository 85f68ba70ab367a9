"""Addresses of accounts, written whole: the entrance, /compte/…, the page « Structure »…"""

from django.urls import path

from clausette.web.account.views import (
    deposit,
    home,
    invitation,
    mails,
    mandate,
    members,
    password,
    profile,
    readings,
    second_factor,
    sign_in,
)

app_name = "account"

urlpatterns = [
    path("", home.home, name="home"),
    path("compte/", profile.profile, name="profile"),
    path("compte/connexion/", sign_in.login, name="login"),
    path("compte/connexion/code/", sign_in.second_step, name="second_step"),
    path("compte/deconnexion/", sign_in.logout, name="logout"),
    path("compte/mot-de-passe/", password.change, name="change_password"),
    path("compte/mot-de-passe/oublie/", password.forgotten, name="forgotten"),
    path("compte/mot-de-passe/<uuid:uid>/<str:token>/", password.reset, name="reset"),
    path("compte/courriel/", profile.change_email, name="change_email"),
    path("compte/courriel/<str:token>/", profile.confirm, name="confirm_email"),
    path("compte/second-facteur/", second_factor.second_factor, name="second_factor"),
    path("compte/second-facteur/codes/", second_factor.codes, name="codes"),
    path("compte/verification/", second_factor.verify, name="verify"),
    path("compte/sessions/", profile.sessions, name="sessions"),
    path("compte/sessions/fermer-les-autres/", profile.close_others, name="close_others"),
    path("compte/sessions/<uuid:uid>/fermer/", profile.close, name="close_session"),
    path("compte/invitation/<str:secret>/", invitation.invitation, name="invitation"),
    path("compte/mandat/<str:secret>/", mandate.mandate, name="mandate"),
    path("compte/depot/<str:secret>/", deposit.link, name="deposit"),
    path("compte/depot/<str:secret>/code/", deposit.code, name="deposit_code"),
    path("o/<slug:slug>/structure/", members.show_members, name="members"),
    path("o/<slug:slug>/structure/lectures/", readings.show_readings, name="readings"),
    path("o/<slug:slug>/structure/inviter/", members.invite_member, name="invite"),
    path("o/<slug:slug>/structure/membres/<uuid:uid>/", members.change_member, name="member"),
    path("o/<slug:slug>/structure/membres/<uuid:uid>/retirer/", members.revoke, name="revoke"),
    path(
        "o/<slug:slug>/structure/membres/<uuid:uid>/double-authentification/",
        members.forget,
        name="forget_factor",
    ),
    path("o/<slug:slug>/structure/invitations/<uuid:uid>/retirer/", members.withdraw, name="withdraw"),
    path("o/<slug:slug>/structure/organismes/<uuid:uid>/inviter/", members.invite_first, name="invite_first"),
    path("demonstration/courriels/", mails.mails, name="mails"),
    path("demonstration/courriels/<slug:name>/", mails.mail, name="mail"),
]
