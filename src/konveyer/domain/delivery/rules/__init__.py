"""What can be said of mail without a database: providers, failures, records of a domain, and what a letter means."""
