"""Every page, in a real browser: sound for everyone, valid, light, and with every link leading somewhere."""
