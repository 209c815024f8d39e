struct priv { long state; struct dev *d; };
