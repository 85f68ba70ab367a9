"""The members of a structure: who they are, inviting, changing a role, taking out at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse

from clausette.access import permissions
from clausette.access.enums import MemberRole
from clausette.access.operations import (
    change_membership,
    forget_factor,
    invite,
    revoke_membership,
    withdraw_invitation,
)
from clausette.access.own_account import prove
from clausette.access.queries import (
    get_organisation,
    may_forget_factor,
    member,
    members,
    own_organisation,
    pending_invitations,
)
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.privacy.permissions import can_see_retention
from clausette.web.account.common import me, refuse, site_of
from clausette.web.account.forms import FirstInvite, Invite, Proof, Role
from clausette.web.account.members_page import invitation_table, member_table, structure_facts
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import Confirm
from clausette.web.doors import action, page
from clausette.web.layout.navigation import optional_reverse
from clausette.web.typed import posted

SENT = "L'invitation part par courriel : son lien vaut 7 jours."


def _back(actor: Actor) -> str:
    return reverse("account:members", kwargs={"slug": actor.slug})


def _crumbs(actor: Actor) -> Breadcrumb:
    return Breadcrumb((Crumb("Structure", _back(actor)),))


def _mandates_href(actor: Actor) -> str:
    """The mandates of a firm that declares hours."""
    declares = actor.can("contractor") or actor.can("employer")
    return optional_reverse("mandates:list", actor.slug) if declares else ""


@page()
def show_members(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The structure, its members, and who was invited."""
    reason = permissions.can_administer(actor).reason
    own = own_organisation(actor=actor)
    people, waiting = members(actor=actor), pending_invitations(actor=actor)
    context = {
        "facts": structure_facts(own),
        "card_href": reverse("directory:change", kwargs={"slug": actor.slug, "uid": own.uid}),
        "card_reason": permissions.can_complete(
            actor, own=True, registered_here=False, has_members=True
        ).reason,
        "members": member_table(actor, people, reason),
        "count": len(people),
        "invitations": invitation_table(actor, waiting, reason, get_token(request)) if waiting else None,
        "waiting": len(waiting),
        "reason": reason,
        "invite_href": reverse("account:invite", kwargs={"slug": actor.slug}),
        "bodies_href": optional_reverse("directory:list", actor.slug) if actor.can("facilitator") else "",
        "mandates_href": _mandates_href(actor),
        "readings_href": reverse("account:readings", kwargs={"slug": actor.slug}) if actor.is_admin else "",
        "data_href": optional_reverse("privacy:retention", actor.slug) if actor.can("facilitator") else "",
        "data_reason": can_see_retention(actor).reason,
        "reminders_href": optional_reverse("reminders:ladder", actor.slug) if actor.can("facilitator") else "",
        "rules_href": optional_reverse("contracts:default_rules", actor.slug) if actor.can("facilitator") else "",
    }
    return render(request, "accounts/members.html", context)


@action(methods=("GET", "POST"))
def invite_member(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Invite a colleague."""
    demand(permissions.can_administer(actor))
    form = Invite(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            invite(
                actor=actor, email=data["email"], full_name=data["full_name"], role=MemberRole(data["role"]),
                at=clock.now(), site=site_of(request),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, SENT)
            return HttpResponseRedirect(_back(actor))
    context = {"form": form, "crumbs": _crumbs(actor), "back": _back(actor)}
    return render(request, "accounts/invite.html", context, status=400 if form.is_bound else 200)


@action("facilitator", methods=("GET", "POST"))
def invite_first(request: HttpRequest, actor: Actor, uid: UUID) -> HttpResponse:
    """Invite the first person of a firm, a buyer…: its administrator, who will invite colleagues."""
    card = get_organisation(actor=actor, uid=uid)
    form = FirstInvite(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            invite(
                actor=actor, email=data["email"], full_name=data["full_name"], organisation=uid, at=clock.now(),
                site=site_of(request),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, SENT)
            return HttpResponseRedirect(_back(actor))
    context = {"form": form, "crumbs": _crumbs(actor), "back": _back(actor), "card": card}
    return render(request, "accounts/invite_first.html", context, status=400 if form.is_bound else 200)


@action()
def withdraw(request: HttpRequest, actor: Actor, uid: UUID) -> HttpResponse:
    """Make the link of an invitation useless."""
    withdraw_invitation(actor=actor, uid=uid, at=clock.now())
    messages.success(request, "L'invitation est retirée : son lien ne sert plus à rien.")
    return HttpResponseRedirect(_back(actor))


@action(methods=("GET", "POST"))
def change_member(request: HttpRequest, actor: Actor, uid: UUID) -> HttpResponse:
    """Change the role of a member."""
    demand(permissions.can_administer(actor))
    line = member(actor=actor, uid=uid)
    form = Role(posted(request), initial={"role": line.role})
    if request.method == "POST" and form.is_valid():
        try:
            change_membership(actor=actor, uid=uid, role=MemberRole(form.cleaned_data["role"]))
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"Le rôle de {line.full_name} est enregistré.")
            return HttpResponseRedirect(_back(actor))
    remove = reverse("account:revoke", kwargs={"slug": actor.slug, "uid": uid})
    context = {
        "form": form,
        "crumbs": _crumbs(actor),
        "back": _back(actor),
        "line": line,
        "remove": remove,
        "forget": reverse("account:forget_factor", kwargs={"slug": actor.slug, "uid": uid}),
        "factor_reason": may_forget_factor(actor=actor, uid=uid).reason,
    }
    return render(request, "accounts/member.html", context, status=400 if form.is_bound else 200)


@action(methods=("GET", "POST"))
def revoke(request: HttpRequest, actor: Actor, uid: UUID) -> HttpResponse:
    """Take a member out: their next page is closed. Refused for the last administrator."""
    demand(permissions.can_administer(actor))
    line = member(actor=actor, uid=uid)
    if request.method == "POST":
        revoke_membership(actor=actor, uid=uid, at=clock.now())
        messages.success(request, f"{line.full_name} n'est plus membre de la structure.")
        # one's own rights may just have ended: the entrance knows where to go
        return HttpResponseRedirect("/" if line.is_self else _back(actor))
    confirm = Confirm(
        f"Retirer {line.full_name} de la structure ?", "Retirer de la structure", _back(actor),
        (
            "Ses pages de cette structure se ferment aussitôt.",
            "Ce que cette personne a fait reste dans l'historique, à son nom.",
            "Elle pourra revenir avec une nouvelle invitation.",
        ), danger=True,
    )  # fmt: skip
    return render(request, "layout/confirm.html", {"confirm": confirm, "form": None})


@action(methods=("GET", "POST"))
def forget(request: HttpRequest, actor: Actor, uid: UUID) -> HttpResponse:
    """Take off the second factor of a member who lost it: the administrator gives their own password again."""
    line = member(actor=actor, uid=uid)
    demand(may_forget_factor(actor=actor, uid=uid))
    form = Proof(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            prove(me(request), password=form.cleaned_data["current"])
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            forget_factor(actor=actor, uid=uid)
            messages.success(request, f"La double authentification de {line.full_name} est retirée.")
            return HttpResponseRedirect(_back(actor))
    confirm = Confirm(
        f"Retirer la double authentification de {line.full_name} ?", "Retirer la double authentification",
        reverse("account:member", kwargs={"slug": actor.slug, "uid": uid}),
        (
            "Assurez-vous de vive voix que la demande vient bien de cette personne.",
            "Ses connexions se ferment, et un courriel la prévient.",
            "À sa prochaine connexion, son mot de passe suffit ; elle enregistre alors son nouveau téléphone.",
        ), danger=True,
    )  # fmt: skip
    status = 400 if form.is_bound else 200
    return render(request, "layout/confirm.html", {"confirm": confirm, "form": form}, status=status)
