/* dwz finds nothing in common with y.c but long names: it moves strings alone. */
struct first_structure_of_the_bus {
	int number_of_devices_on_the_bus;
};

int devices_on_the_bus(struct first_structure_of_the_bus *bus_to_be_counted)
{
	return bus_to_be_counted->number_of_devices_on_the_bus;
}
