"""What the room asks of others: the reader of letters, the reader of pictures, the worker."""
