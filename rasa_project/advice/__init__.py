"""The plan for SELF_CARE and ROUTINE outcomes, out of ``data/clinical/advice.yml``. Pure."""
