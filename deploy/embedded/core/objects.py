"""The base of every object type: global ids, interfaces, and which type shows which model."""

from typing import Any

import graphene
from django.db.models import Model
from graphene.types.objecttype import ObjectTypeOptions

from deploy.embedded.core.ids import global_id

SHOWN_AS: dict[type[Model], type[graphene.ObjectType]] = {}
"""Which object type shows a model where the schema leaves it open (interfaces, unions)."""


class NonNullList(graphene.List):
    """`[T!]`"""

    def __init__(self, of_type: Any, **options: Any) -> None:
        super().__init__(graphene.NonNull(of_type), **options)


def shown_as(instance: Any, _info: Any) -> type[graphene.ObjectType]:
    """The object type of a model's instance."""
    return SHOWN_AS[type(instance)]


class Node(graphene.Interface):
    """An object with a global id."""

    id = graphene.ID(required=True)
    resolve_type = staticmethod(shown_as)


class ModelObject(graphene.ObjectType):
    """An object type that shows a model: `class Meta: model = …`."""

    class Meta:
        abstract = True

    id = graphene.ID(required=True)

    @classmethod
    def __init_subclass_with_meta__(cls, model: type[Model] | None = None, **options: Any) -> None:
        """Registers the model; a second type for the same model (a channel's view of it) says `model = None`."""
        if model is not None:
            SHOWN_AS[model] = cls
        meta = ObjectTypeOptions(cls)
        super().__init_subclass_with_meta__(_meta=meta, **options)

    @classmethod
    def resolve_id(cls, root: Model, info: graphene.ResolveInfo) -> str:
        """`Type:key` in base64."""
        return global_id(info.parent_type.name, root.pk)


def selected(info: graphene.ResolveInfo) -> set[str]:
    """The names of all fields asked for below this one, at any depth: what is worth fetching beforehand."""
    names: set[str] = set()
    pending = [node.selection_set for node in info.field_nodes]
    while pending:
        selection_set = pending.pop()
        for selection in selection_set.selections if selection_set else ():
            if selection.kind == "fragment_spread":
                pending.append(info.fragments[selection.name.value].selection_set)
                continue
            if selection.kind == "field":
                names.add(selection.name.value)
            pending.append(selection.selection_set)
    return names
