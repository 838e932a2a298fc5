import json
import requests
from datetime import datetime as dt, timezone


def main(input_data):
    """Asks the directory for a user."""
    user_id = input_data["user_id"]
    region = input_data.get("region", "eu")
    answer = requests.get(
        f"https://{region}.example.org/users/{user_id!r:>{10}}",
        headers={"Accept": "application/json"},
        timeout=5.5,
    )
    if answer.status_code != 200:
        return {"found": False, "user_name": "", "scores": []}
    result = {"found": True}
    result["user_name"] = answer.json()["name"].upper()
    result.update({"scores": [score for score in answer.json()["scores"] if score > 0]})
    return result
