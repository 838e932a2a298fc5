def main(input_data):
  x = 1
    return x
