from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import StockBulkUpdateErrorCode


class UpdateStocks(BaseModel):
    stock_bulk_update: Optional["UpdateStocksStockBulkUpdate"] = Field(
        alias="stockBulkUpdate"
    )


class UpdateStocksStockBulkUpdate(BaseModel):
    count: int
    results: list["UpdateStocksStockBulkUpdateResults"]
    errors: list["UpdateStocksStockBulkUpdateErrors"]


class UpdateStocksStockBulkUpdateResults(BaseModel):
    stock: Optional["UpdateStocksStockBulkUpdateResultsStock"]
    errors: Optional[list["UpdateStocksStockBulkUpdateResultsErrors"]]


class UpdateStocksStockBulkUpdateResultsStock(BaseModel):
    id: str
    quantity: int


class UpdateStocksStockBulkUpdateResultsErrors(BaseModel):
    field: Optional[str]
    code: StockBulkUpdateErrorCode
    message: Optional[str]


class UpdateStocksStockBulkUpdateErrors(BaseModel):
    field: Optional[str]
    code: StockBulkUpdateErrorCode
    message: Optional[str]


UpdateStocks.model_rebuild()
UpdateStocksStockBulkUpdate.model_rebuild()
UpdateStocksStockBulkUpdateResults.model_rebuild()
