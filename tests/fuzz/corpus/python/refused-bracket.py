def main(input_data):
    return {"found": (True}
