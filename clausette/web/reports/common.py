"""What the pages of the documents share."""



from clausette.web.addresses import address_of

READERS = ("facilitator", "buyer", "contractor")


href = address_of
