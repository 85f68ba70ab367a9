"""Forms of accounts. Passwords are never shown again, except on the sign-in page of the demonstration."""

from django import forms

from clausette.access.enums import MemberRole
from clausette.web.inputs import FreeText

TWELVE = "Au moins 12 caractères : une phrase de quelques mots convient bien."


def _email(label: str = "Adresse électronique", **attrs: str) -> forms.EmailField:
    widget = forms.EmailInput({"autocomplete": "username", "spellcheck": "false", **attrs})
    return forms.EmailField(label=label, max_length=254, widget=widget)


def _password(label: str, purpose: str, help_text: str = "", *, shown: bool = False) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": purpose}, render_value=shown)
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, help_text=help_text)


def _code(label: str, help_text: str = "") -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs), help_text=help_text)


class Code(forms.Form):
    """A code of six figures, or one kept on paper."""

    code = _code("Code")

    def clean_code(self) -> str:
        """Return the code without the spaces people type between its figures."""
        return "".join(str(self.cleaned_data["code"]).split())


class DepositEntry(Code):
    """The code of the mail, and the access word given by telephone."""

    code = _code("Code à 6 chiffres", "Celui du dernier courriel.")
    word = forms.CharField(
        label="Mot d'accès",
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text="Celui que le facilitateur vous a donné par téléphone. Les majuscules et les tirets ne comptent pas.",
    )


class FirstCode(Code):
    """The code that proves that the telephone is ready."""

    code = _code("Code à 6 chiffres", "Celui que l'application affiche maintenant.")


class SignIn(forms.Form):
    """Address and password; `next` is where one wanted to go."""

    email = _email()
    password = _password("Mot de passe", "current-password")
    next = forms.CharField(required=False, widget=forms.HiddenInput())


class DemoSignIn(SignIn):
    """The same, filled by the list of accounts of the demonstration."""

    password = _password("Mot de passe", "current-password", shown=True)


class ChosenPassword(forms.Form):
    """A new password, typed twice."""

    password = _password("Nouveau mot de passe", "new-password", TWELVE)
    again = _password("Le même, encore une fois", "new-password")

    def clean(self) -> dict[str, object]:
        """Both must be the same."""
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", "Les deux mots de passe sont différents.")
        return data


class Welcome(ChosenPassword):
    """Who holds an invitation: a name, a password."""

    full_name = FreeText("Prénom et nom", max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    password = _password("Mot de passe", "new-password", TWELVE)
    field_order = ("full_name", "password", "again")


class PasswordChange(ChosenPassword):
    """The present password, then a new one."""

    current = _password("Mot de passe actuel", "current-password")
    field_order = ("current", "password", "again")


class Forgotten(forms.Form):
    """The address that wants a new password."""

    email = _email()


class EmailChange(forms.Form):
    """Another address, and the password."""

    email = _email("Nouvelle adresse électronique", autocomplete="email")
    current = _password("Mot de passe actuel", "current-password")


class Proof(forms.Form):
    """The password, asked again before a grave act."""

    current = _password("Mot de passe actuel", "current-password")


class Name(forms.Form):
    """One's own name."""

    full_name = FreeText("Prénom et nom", max_length=150, widget=forms.TextInput({"autocomplete": "name"}))


class Invite(forms.Form):
    """A colleague to invite."""

    email = _email(autocomplete="off")
    full_name = FreeText("Prénom et nom", max_length=150, required=False)
    role = forms.ChoiceField(
        label="Rôle",
        choices=MemberRole.choices,
        initial=MemberRole.MEMBER,
        widget=forms.RadioSelect,
        help_text="Un administrateur invite et retire les membres.",
    )


class FirstInvite(forms.Form):
    """The first person of another body: its administrator."""

    email = _email(autocomplete="off")
    full_name = FreeText("Prénom et nom", max_length=150, required=False)


class Role(forms.Form):
    """The role of a member."""

    role = forms.ChoiceField(
        label="Rôle",
        choices=MemberRole.choices,
        widget=forms.RadioSelect,
        help_text="Un administrateur invite et retire les membres.",
    )
