struct session {
    int user;
    int group;
};
