"""Widgets are written without the templates of Django: the same HTML as theirs."""

from datetime import date
from decimal import Decimal

from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from clausette.web.components.widgets import Renderer

KINDS = [
    ("", "—"), ("a", "L'<étai> & « bois »"), (7, gettext_lazy("Yes")), ("Groupe \"d'un\"", [("b", "B"), ("c", 12)]),
]  # fmt: skip


class Everything(forms.Form):
    text = forms.CharField(widget=forms.TextInput({"data-x": 'l\'"un" <&>', "readonly": True, "hidden": False}))
    safe = forms.CharField(initial=mark_safe("&eacute;"), widget=forms.HiddenInput)
    day = forms.DateField(initial=date(2026, 11, 28), localize=True)
    amount = forms.DecimalField(initial=Decimal("1234.50"), localize=True)
    number = forms.IntegerField(widget=forms.NumberInput({"step": 1, "min": 0}))
    secret = forms.CharField(widget=forms.PasswordInput)
    mail = forms.EmailField()
    yes = forms.BooleanField()
    kind = forms.ChoiceField(choices=KINDS, widget=forms.Select({"class": "form-select", "required": True}))
    kinds = forms.MultipleChoiceField(choices=KINDS, widget=forms.SelectMultiple)
    boxes = forms.MultipleChoiceField(choices=KINDS[1:3], widget=forms.CheckboxSelectMultiple)
    radios = forms.ChoiceField(choices=KINDS[:3], widget=forms.RadioSelect)
    known = forms.NullBooleanField()
    long = forms.CharField(widget=forms.Textarea)
    file = forms.FileField()


TYPED = {
    "text": "</option><script>", "kind": "a", "kinds": ["7", "c"], "boxes": ["a"], "radios": "7", "known": "true",
    "number": "x",
}  # fmt: skip


def test_each_widget_is_what_django_writes() -> None:
    for typed in (None, {}, TYPED):
        ours, theirs = (Everything(typed, renderer=one()) for one in (Renderer, DjangoTemplates))
        for name in ours.fields:
            assert parse_html(str(ours[name])) == parse_html(str(theirs[name])), name
            assert parse_html(ours[name].as_hidden()) == parse_html(theirs[name].as_hidden()), name
        for name in ("boxes", "radios"):
            tags = [[box.tag(wrap_label=False) for box in form[name].subwidgets] for form in (ours, theirs)]
            assert [parse_html(tag) for tag in tags[0]] == [parse_html(tag) for tag in tags[1]]
            assert all("<label" not in tag for tag in tags[0]), "not left to Django"
        assert parse_html(ours.as_p()) == parse_html(theirs.as_p())


def test_a_list_with_options_of_its_own_is_left_to_them() -> None:
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    html = Own(choices=[("a", "A")]).render("x", "a", renderer=Renderer())
    assert "<option" not in html


def test_nothing_typed_escapes_its_attribute() -> None:
    html = str(Everything(TYPED, renderer=Renderer())["text"])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
