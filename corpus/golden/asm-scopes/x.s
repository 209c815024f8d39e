# Scopes that give a prefix, that cut the chain of prefixes, and that are searched for symbols.
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
	.uleb128	3, 0x39	# DW_TAG_namespace
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	4, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	6, 0x39	# DW_TAG_namespace
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	7, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	8, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	9, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	10, 0x2	# DW_TAG_class_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	11, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	12, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	13, 0x17	# DW_TAG_union_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	14, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	15, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	16, 0xb	# DW_TAG_lexical_block
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	17, 0x1e	# DW_TAG_module
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	18, 0x38	# DW_TAG_interface_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
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
	.uleb128	3		#   DW_TAG_namespace
	.asciz	"ns"
.Lns_leaf:
	.uleb128	4		#     DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	3		#     DW_TAG_namespace
	.asciz	"deep"
.Ldeep_leaf:
	.uleb128	4		#       DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#       DW_TAG_variable
	.asciz	"in_deep"
	.4byte	.Ldeep_leaf - .Lunit0
	.byte	0		#     end of children
	.uleb128	5		#     DW_TAG_variable
	.asciz	"in_ns"
	.4byte	.Lns_leaf - .Lunit0
	.uleb128	6		#     DW_TAG_namespace
.Lns_anon_leaf:
	.uleb128	4		#       DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#       DW_TAG_variable
	.asciz	"in_ns_anon"
	.4byte	.Lns_anon_leaf - .Lunit0
	.uleb128	7		#       DW_TAG_structure_type
	.asciz	"st"
.Lns_anon_st_leaf:
	.uleb128	4		#         DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#         DW_TAG_variable
	.asciz	"in_ns_anon_st"
	.4byte	.Lns_anon_st_leaf - .Lunit0
	.byte	0		#       end of children
	.byte	0		#     end of children
.Lns_enum:
	.uleb128	8		#     DW_TAG_enumeration_type
	.asciz	"en"
	.byte	4
	.uleb128	9		#       DW_TAG_enumerator
	.asciz	"item"
	.byte	3
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	6		#   DW_TAG_namespace
.Lanon_leaf:
	.uleb128	4		#     DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#     DW_TAG_variable
	.asciz	"in_anon"
	.4byte	.Lanon_leaf - .Lunit0
	.uleb128	3		#     DW_TAG_namespace
	.asciz	"inner"
.Lanon_inner_leaf:
	.uleb128	4		#       DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#       DW_TAG_variable
	.asciz	"in_anon_inner"
	.4byte	.Lanon_inner_leaf - .Lunit0
	.byte	0		#     end of children
	.uleb128	6		#     DW_TAG_namespace
.Lanon_anon_leaf:
	.uleb128	4		#       DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#       DW_TAG_variable
	.asciz	"in_anon_anon"
	.4byte	.Lanon_anon_leaf - .Lunit0
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_class_type
	.asciz	"cl"
.Lcl_leaf:
	.uleb128	4		#     DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#     DW_TAG_variable
	.asciz	"in_class"
	.4byte	.Lcl_leaf - .Lunit0
	.uleb128	11		#     DW_TAG_structure_type
.Lcl_anon_leaf:
	.uleb128	4		#       DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#       DW_TAG_variable
	.asciz	"in_cl_anon"
	.4byte	.Lcl_anon_leaf - .Lunit0
	.byte	0		#     end of children
	.uleb128	12		#     DW_TAG_subprogram
	.asciz	"method"
	.byte	0		#   end of children
	.uleb128	13		#   DW_TAG_union_type
	.asciz	"un"
.Lun_leaf:
	.uleb128	4		#     DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#     DW_TAG_variable
	.asciz	"in_union"
	.4byte	.Lun_leaf - .Lunit0
	.uleb128	7		#     DW_TAG_structure_type
	.asciz	"st"
.Lun_st_leaf:
	.uleb128	4		#       DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#       DW_TAG_variable
	.asciz	"in_un_st"
	.4byte	.Lun_st_leaf - .Lunit0
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	7		#   DW_TAG_structure_type
	.asciz	"outer"
	.uleb128	13		#     DW_TAG_union_type
	.asciz	"mid"
	.uleb128	7		#       DW_TAG_structure_type
	.asciz	"in"
.Louter_mid_leaf:
	.uleb128	4		#         DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.byte	0		#       end of children
.Lmid_leaf:
	.uleb128	4		#       DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.byte	0		#     end of children
	.uleb128	14		#     DW_TAG_enumeration_type
	.asciz	"es"
.Les_leaf:
	.uleb128	4		#       DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.byte	0		#     end of children
.Lst_leaf:
	.uleb128	4		#     DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.byte	0		#   end of children
	.uleb128	15		#   DW_TAG_subprogram
	.asciz	"fn"
.Lfn_leaf:
	.uleb128	4		#     DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#     DW_TAG_variable
	.asciz	"in_fn"
	.4byte	.Lfn_leaf - .Lunit0
	.uleb128	16		#     DW_TAG_lexical_block
.Lblock_leaf:
	.uleb128	4		#       DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	7		#       DW_TAG_structure_type
	.asciz	"bs"
.Lbs_leaf:
	.uleb128	4		#         DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
	.uleb128	17		#   DW_TAG_module
	.asciz	"mod"
.Lmod_leaf:
	.uleb128	4		#     DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#     DW_TAG_variable
	.asciz	"in_module"
	.4byte	.Lmod_leaf - .Lunit0
	.byte	0		#   end of children
	.uleb128	18		#   DW_TAG_interface_type
	.asciz	"itf"
.Litf_leaf:
	.uleb128	4		#     DW_TAG_structure_type
	.asciz	"leaf"
	.byte	4
	.uleb128	5		#     DW_TAG_variable
	.asciz	"in_interface"
	.4byte	.Litf_leaf - .Lunit0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_un_leaf"
	.4byte	.Lun_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_un_st_leaf"
	.4byte	.Lun_st_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_outer_mid_leaf"
	.4byte	.Louter_mid_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_mid_leaf"
	.4byte	.Lmid_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_es_leaf"
	.4byte	.Les_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_st_leaf"
	.4byte	.Lst_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_fn_leaf"
	.4byte	.Lfn_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_block_leaf"
	.4byte	.Lblock_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_bs_leaf"
	.4byte	.Lbs_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_mod_leaf"
	.4byte	.Lmod_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_itf_leaf"
	.4byte	.Litf_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_cl_anon_leaf"
	.4byte	.Lcl_anon_leaf - .Lunit0
	.uleb128	5		#   DW_TAG_variable
	.asciz	"v_ns_enum"
	.4byte	.Lns_enum - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
