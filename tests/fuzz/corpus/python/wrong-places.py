import numpy, requests
def main(data):
    r = requests.post("http://example.org", timeout=60)
    requests.Session().get(url=data["User_id"])
    eval(data['missing'])
    return {"user_Name": r.text}
    return 5
