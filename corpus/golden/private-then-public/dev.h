struct priv;
struct dev { struct priv *p; int id; };
