"""The guide of those who use Clausette: public pages, one gesture each, in the words of the screens."""
