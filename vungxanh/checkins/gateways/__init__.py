"""What the room reads and asks: files of visits, stores, SQL engines, Spark."""
