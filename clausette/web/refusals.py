"""What an operation refused, said in the form."""

from django.forms import BaseForm

from clausette.kernel.errors import Invalid, Refusal


def add_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Write what an operation refused at the field it names, or on top when the form has no such field."""
    errors = refusal.errors if isinstance(refusal, Invalid) else {refusal.field: refusal.message}
    for name, sentence in errors.items():
        form.add_error(name if name in form.fields else None, sentence)
