"""Programs for those who keep the repository; nothing of the product imports them."""
