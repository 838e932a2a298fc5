def main(input_data):
	return {"found": True,
		"user_name": "é🙂"}
