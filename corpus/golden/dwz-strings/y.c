struct second_structure_of_the_bus {
	long number_of_devices_on_the_bus;
};

long devices_on_the_bus(struct second_structure_of_the_bus *bus_to_be_counted)
{
	return bus_to_be_counted->number_of_devices_on_the_bus;
}
