"""A check without any connection: does the project suit Snowflake, BigQuery and Databricks?"""
