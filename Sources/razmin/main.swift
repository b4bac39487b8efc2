print("razmin")
