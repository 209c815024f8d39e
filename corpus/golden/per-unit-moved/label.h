struct label {
	char text[16];
};
