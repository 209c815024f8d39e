struct thing; union pick; enum tone;
