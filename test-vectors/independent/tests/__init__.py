"""Tests with packs and documents built here: each refusal changes one thing of a genuine case."""
