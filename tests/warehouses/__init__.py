"""A check without a connection: does the project's SQL work on Snowflake, BigQuery and Databricks?"""
