# Structures with a child that is an error, but only for the symbols that reach it.
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
	.uleb128	3, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	4, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	6, 0x1c	# DW_TAG_inheritance
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	7, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	8, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	9, 0x30	# DW_TAG_template_value_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	10, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	11, 0x23	# DW_TAG_access_declaration
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	12, 0x3a	# DW_TAG_imported_module
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	13, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	14, 0x4107	# DW_TAG_GNU_template_parameter_pack
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	15, 0x4080	# DW_TAG_16512
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	16, 0x1	# DW_TAG_array_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	17, 0x15	# DW_TAG_subroutine_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	18, 0xb	# DW_TAG_lexical_block
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	19, 0x19	# DW_TAG_variant
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	20, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	21, 0x39	# DW_TAG_namespace
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	22, 0x18	# DW_TAG_unspecified_parameters
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	23, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
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
.Lint:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
	.uleb128	3		#   DW_TAG_variable
	.asciz	"fine"
	.4byte	.Lint - .Lunit0
.Lb_inheritance:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_inheritance"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	6		#     DW_TAG_inheritance
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_inheritance"
	.4byte	.Lb_inheritance - .Lunit0
.Lb_typedef:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_typedef"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	7		#     DW_TAG_typedef
	.asciz	"t"
	.4byte	.Lint - .Lunit0
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_typedef"
	.4byte	.Lb_typedef - .Lunit0
.Lb_variable:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_variable"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	8		#     DW_TAG_variable
	.asciz	"static_member"
	.4byte	.Lint - .Lunit0
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_variable"
	.4byte	.Lb_variable - .Lunit0
.Lb_template_value_parameter:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_template_value_parameter"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	9		#     DW_TAG_template_value_parameter
	.asciz	"N"
	.4byte	.Lint - .Lunit0
	.byte	4
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_template_value_parameter"
	.4byte	.Lb_template_value_parameter - .Lunit0
.Lb_pointer_type:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_pointer_type"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	10		#     DW_TAG_pointer_type
	.4byte	.Lint - .Lunit0
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_pointer_type"
	.4byte	.Lb_pointer_type - .Lunit0
.Lb_access_declaration:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_access_declaration"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	11		#     DW_TAG_access_declaration
	.asciz	"x"
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_access_declaration"
	.4byte	.Lb_access_declaration - .Lunit0
.Lb_imported_module:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_imported_module"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	12		#     DW_TAG_imported_module
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_imported_module"
	.4byte	.Lb_imported_module - .Lunit0
.Lb_base_type:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_base_type"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	13		#     DW_TAG_base_type
	.asciz	"b"
	.byte	1
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_base_type"
	.4byte	.Lb_base_type - .Lunit0
.Lb_GNU_template_parameter_pack:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_GNU_template_parameter_pack"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	14		#     DW_TAG_GNU_template_parameter_pack
	.asciz	"P"
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_GNU_template_parameter_pack"
	.4byte	.Lb_GNU_template_parameter_pack - .Lunit0
.Lb_vendor:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_vendor"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	15		#     DW_TAG_16512
	.asciz	"x"
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_vendor"
	.4byte	.Lb_vendor - .Lunit0
.Lb_array_type:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_array_type"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	16		#     DW_TAG_array_type
	.4byte	.Lint - .Lunit0
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_array_type"
	.4byte	.Lb_array_type - .Lunit0
.Lb_subroutine_type:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_subroutine_type"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	17		#     DW_TAG_subroutine_type
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_subroutine_type"
	.4byte	.Lb_subroutine_type - .Lunit0
.Lb_lexical_block:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_lexical_block"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	18		#     DW_TAG_lexical_block
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_lexical_block"
	.4byte	.Lb_lexical_block - .Lunit0
.Lb_variant:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_variant"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	19		#     DW_TAG_variant
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_variant"
	.4byte	.Lb_variant - .Lunit0
.Lb_enumerator:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_enumerator"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	20		#     DW_TAG_enumerator
	.asciz	"E"
	.byte	1
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_enumerator"
	.4byte	.Lb_enumerator - .Lunit0
.Lb_namespace:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_namespace"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	21		#     DW_TAG_namespace
	.asciz	"x"
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_namespace"
	.4byte	.Lb_namespace - .Lunit0
.Lb_unspecified_parameters:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_unspecified_parameters"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	22		#     DW_TAG_unspecified_parameters
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_unspecified_parameters"
	.4byte	.Lb_unspecified_parameters - .Lunit0
.Lb_formal_parameter:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"b_formal_parameter"
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	23		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	5		#     DW_TAG_member
	.asciz	"b"
	.4byte	.Lint - .Lunit0
	.byte	4
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"in_formal_parameter"
	.4byte	.Lb_formal_parameter - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
