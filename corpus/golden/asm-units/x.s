# Unit kinds, empty units, and units that follow each other.
	.section .debug_abbrev,"",@progbits

.Labbrev0:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	4, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.byte	0

.Labbrev1:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.byte	0

.Labbrev2:
	.uleb128	1, 0x3c	# DW_TAG_partial_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.byte	0

.Labbrev3:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	4, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.byte	0

.Labbrev4:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x3c, 0xc	# DW_AT_declaration, DW_FORM_flag
	.byte	0, 0
	.uleb128	4, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0xc	# DW_AT_external, DW_FORM_flag
	.byte	0, 0
	.byte	0

.Labbrev5:
	.uleb128	1, 0x3c	# DW_TAG_partial_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.byte	0

.Labbrev6:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x3f, 0xc	# DW_AT_external, DW_FORM_flag
	.byte	0, 0
	.uleb128	4, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.byte	0, 0
	.byte	0

	.section .debug_info,"",@progbits

# Unit 0: DWARF 5
.Lunit0:
	.4byte	.Lend0 - .Lversion0
.Lversion0:
	.2byte	5
	.byte	1		# DW_UT_compile
	.byte	8		# address size
	.4byte	.Labbrev0
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
.Li0:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
.Lsa:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"same"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Li0 - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"first"
	.4byte	.Lsa - .Lunit0
	.byte	0		# end of children
.Lend0:

# Unit 1: DWARF 5
.Lunit1:
	.4byte	.Lend1 - .Lversion1
.Lversion1:
	.2byte	5
	.byte	1		# DW_UT_compile
	.byte	8		# address size
	.4byte	.Labbrev1
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
	.byte	0		# end of children
.Lend1:

# Unit 2: DWARF 2
.Lunit2:
	.4byte	.Lend2 - .Lversion2
.Lversion2:
	.2byte	2
	.4byte	.Labbrev2
	.byte	8		# address size
	.uleb128	1		# DW_TAG_partial_unit
	.asciz	"unit.h"
	.byte	0		# end of children
.Lend2:

# Unit 3: DWARF 4, 64-bit format
.Lunit3:
	.4byte	0xffffffff
	.8byte	.Lend3 - .Lversion3
.Lversion3:
	.2byte	4
	.8byte	.Labbrev3
	.byte	8		# address size
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
.Li1:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
.Lsb:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"same"
	.byte	8
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Li1 - .Lunit3
	.byte	0
	.uleb128	4		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Li1 - .Lunit3
	.byte	4
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"second"
	.4byte	.Lsb - .Lunit3
	.uleb128	5		#   DW_TAG_variable
	.asciz	"first"
	.4byte	.Li1 - .Lunit3
	.byte	0		# end of children
.Lend3:

# Unit 4: DWARF 2
.Lunit4:
	.4byte	.Lend4 - .Lversion4
.Lversion4:
	.2byte	2
	.4byte	.Labbrev4
	.byte	8		# address size
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
.Li2:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
.Lsc:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"same"
	.byte	1
.Lpc:
	.uleb128	4		#   DW_TAG_pointer_type
	.4byte	.Lsc - .Lunit4
	.byte	8
	.uleb128	5		#   DW_TAG_variable
	.asciz	"third"
	.4byte	.Lpc - .Lunit4
	.byte	1
	.byte	0		# end of children
.Lend4:

# Unit 5: DWARF 5
.Lunit5:
	.4byte	.Lend5 - .Lversion5
.Lversion5:
	.2byte	5
	.byte	1		# DW_UT_compile
	.byte	8		# address size
	.4byte	.Labbrev5
	.uleb128	1		# DW_TAG_partial_unit
	.asciz	"unit.h"
.Li3:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_partial"
	.4byte	.Li3 - .Lunit5
	.byte	0		# end of children
.Lend5:

# Unit 6: DWARF 3
.Lunit6:
	.4byte	.Lend6 - .Lversion6
.Lversion6:
	.2byte	3
	.4byte	.Labbrev6
	.byte	8		# address size
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
.Li4:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
	.uleb128	3		#   DW_TAG_variable
	.asciz	"back"
	.byte	1
	.uleb128	4		#   DW_TAG_variable
	.asciz	"backward"
	.4byte	.Lsb
	.uleb128	4		#   DW_TAG_variable
	.asciz	"backward_struct"
	.4byte	.Lsa
	.byte	0		# end of children
.Lend6:

	.section .note.GNU-stack,"",@progbits
