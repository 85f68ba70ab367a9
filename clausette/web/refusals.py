"""What an operation refused, said in the form."""

from django.forms import BaseForm

from clausette.kernel.errors import Invalid, NotAllowed, Refusal


def add_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Write what an operation refused at the field it names, or on top when the form has no such field.

    What this person may never do is no fault of the form: NotAllowed is raised again, for the door (403).
    """
    if isinstance(refusal, NotAllowed):
        raise refusal
    errors = refusal.errors if isinstance(refusal, Invalid) else {refusal.field: refusal.message}
    for name, sentence in errors.items():
        form.add_error(name if name in form.fields else None, sentence)
