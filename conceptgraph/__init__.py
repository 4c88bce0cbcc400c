"""A concept-graph explorer: curated triples in, an interactive page and answers with receipts out."""

__version__ = "0.1.0"
