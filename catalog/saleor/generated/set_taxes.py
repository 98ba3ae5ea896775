from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TaxConfigurationUpdateErrorCode


class SetTaxes(BaseModel):
    tax_configuration_update: Optional["SetTaxesTaxConfigurationUpdate"] = Field(
        alias="taxConfigurationUpdate"
    )


class SetTaxesTaxConfigurationUpdate(BaseModel):
    tax_configuration: Optional["SetTaxesTaxConfigurationUpdateTaxConfiguration"] = (
        Field(alias="taxConfiguration")
    )
    errors: list["SetTaxesTaxConfigurationUpdateErrors"]


class SetTaxesTaxConfigurationUpdateTaxConfiguration(BaseModel):
    id: str


class SetTaxesTaxConfigurationUpdateErrors(BaseModel):
    field: Optional[str]
    code: TaxConfigurationUpdateErrorCode
    message: Optional[str]


SetTaxes.model_rebuild()
SetTaxesTaxConfigurationUpdate.model_rebuild()
